package load

import (
	"path"
	"testing"
)

func TestSearchLists(t *testing.T) {
	first := map[string]string{
		"linux": "libcurl.so.4", "darwin": "/usr/lib/libcurl.4.dylib", "windows": "libcurl.dll", "freebsd": "libcurl.so.4",
	}
	for goos, want := range first {
		list := searchList(goos)
		if len(list) < 2 || list[0] != want {
			t.Errorf("%s: %q, want %s first and an alternative", goos, list, want)
		}
		// A bare name on macOS could be found in the working directory.
		for _, name := range list {
			if goos == "darwin" && !path.IsAbs(name) {
				t.Errorf("%s: %s is not absolute", goos, name)
			}
		}
	}
}
