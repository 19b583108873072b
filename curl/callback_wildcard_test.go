package curl_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// During the listing of a wildcard transfer libcurl puts a write function of its own in the user's place, and some
// versions leave it there, with what it works on freed, when the transfer is stopped meanwhile.
func TestStopInWildcardListing(t *testing.T) {
	gate := testserver.NewGate()
	ftp := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/pub/a.txt": "alpha"}, Data: gate})
	plain := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var body []byte
	h := easy(t, opt.WriteFunction(func(p []byte) error { body = append(body, p...); return nil }))
	for i := 1; i <= 3; i++ {
		setAll(t, h, opt.URL(ftp.URL("/pub/*.txt")), opt.WildcardMatch(true))
		result := begin(t, h)
		within(t, "the listing", gate.Arrived(i))
		h.Cancel()
		if err := within(t, "the end", result); !errors.Is(err, curl.ErrCancelled) {
			t.Fatal(err)
		}
		body = nil
		setAll(t, h, opt.URL(plain.URL("/")), opt.WildcardMatch(false))
		perform(t, h)
		if string(body) != "hello\n" {
			t.Errorf("after the stop the body is %q", body)
		}
	}
	gate.Open()
	body = nil
	setAll(t, h, opt.URL(ftp.URL("/pub/*.txt")), opt.WildcardMatch(true))
	perform(t, h)
	if string(body) != "alpha" {
		t.Errorf("the wildcard download is %q", body)
	}
}

// The files of a wildcard download are announced one by one, can be skipped, and come whole.
func TestWildcardCallbacks(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{
		"/pub/a.txt": "alpha", "/pub/b.txt": "beta", "/pub/c.log": "gamma", "/pub/d.txt": "delta",
	}})
	var events, asked []string
	var first opt.FileInfo
	var left []int
	h := easy(t, opt.URL(s.URL("/pub/*.txt")), opt.WildcardMatch(true),
		opt.FNMatchFunction(func(pattern, name string) (bool, error) {
			if pattern != "*.txt" {
				t.Errorf("the pattern is %q", pattern)
			}
			asked = append(asked, name)
			return name != "c.log", nil
		}),
		opt.ChunkBeginFunction(func(f *opt.FileInfo, remains int) (bool, error) {
			if first.Name == "" {
				first = *f
			}
			left = append(left, remains)
			events = append(events, "begin "+f.Name)
			return f.Name == "b.txt", nil
		}),
		opt.WriteFunction(func(p []byte) error { events = append(events, string(p)); return nil }),
		opt.ChunkEndFunction(func() error { events = append(events, "end"); return nil }))
	perform(t, h)
	if want := []string{"begin a.txt", "alpha", "end", "begin b.txt", "end", "begin d.txt", "delta", "end"}; !slices.Equal(events, want) {
		t.Errorf("the callbacks were %q, want %q", events, want)
	}
	if want := []string{"a.txt", "b.txt", "c.log", "d.txt"}; !slices.Equal(asked, want) {
		t.Errorf("asked about %q, want %q", asked, want)
	}
	if want := []int{3, 2, 1}; !slices.Equal(left, want) {
		t.Errorf("files left: %v, want %v", left, want)
	}
	// The columns of the server's listing: -rw-r--r-- 1 owner group 5 Jan  2  2020 a.txt
	if first.Type != opt.FileTypeRegular || first.Mode != 0o644 || first.Size != 5 || first.HardLinks != 1 ||
		first.UserText != "owner" || first.GroupText != "group" || first.TimeText != "Jan  2  2020" || first.UID != -1 {
		t.Errorf("the first file is described as %+v", first)
	}
}

// libcurl up to 7.88.1 forgets what the callbacks are given with every transfer, and the second one crashed the process.
func TestMultiHasWildcardCallbacksInTheNextTransfer(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	ftp := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/pub/a.txt": "alpha"}})
	plain := testserver.NewHTTP(t, testserver.HTTPConfig{})
	begins, ends := 0, 0
	h := easy(t, opt.WildcardMatch(true), opt.ChunkEndFunction(func() error { ends++; return nil }),
		opt.ChunkBeginFunction(func(*opt.FileInfo, int) (bool, error) { begins++; return false, nil }))
	for _, url := range []string{plain.URL("/"), ftp.URL("/pub/*.txt"), ftp.URL("/pub/*.txt")} {
		setAll(t, h, opt.URL(url))
		perform(t, h)
	}
	m := newMulti(t)
	addAll(t, m, h)
	if err := runAll(t, m)[0].Err; err != nil {
		t.Error(err)
	}
	if begins != 3 || ends != 3 {
		t.Errorf("%d begins, %d ends", begins, ends)
	}
}
