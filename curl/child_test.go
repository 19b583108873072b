package curl

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// inChild runs the calling test again in a process of its own, because a process uses one libcurl for good. It
// returns true in that process; in the first one it reports the child's verdict and returns false.
func inChild(t *testing.T, env ...string) bool {
	t.Helper()
	if !(capi.Library{}).Cgo() {
		t.Skip("this build has no libcurl at all")
	}
	if os.Getenv("GOCURL_TEST_CHILD") == t.Name() {
		return true
	}
	pattern := "^" + strings.ReplaceAll(t.Name(), "/", "$/^") + "$"
	run := func() ([]byte, error) {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.count=1", "-test.run="+pattern,
			"-test.short="+strconv.FormatBool(testing.Short()))
		cmd.Env = append(os.Environ(), "GOCURL_LIBRARY=", "GOCURL_TEST_CHILD="+t.Name(),
			"GORACE=atexit_sleep_ms=0") // the race detector's default is a second of waiting
		cmd.Env = append(cmd.Env, env...)
		return cmd.CombinedOutput()
	}
	out, err := run()
	if err != nil && strings.Contains(string(out), "Tracer caught signal") {
		// The leak checker itself has crashed, and so has not said whether anything leaks.
		t.Logf("once more, for the leak checker crashed:\n%s", out)
		out, err = run()
	}
	switch {
	case err != nil:
		t.Errorf("in a process of its own: %v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP: "+t.Name()):
		t.Skipf("in a process of its own:\n%s", out)
	case !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("the process of its own did not run the test:\n%s", out)
	}
	return false
}

// testLibraries are the libcurls to test with: "" for the one that a program finds by itself, and, unless one is
// linked in, those that the environment variable GOCURL_TEST_LIBRARIES lists.
func testLibraries() map[string]string {
	libraries := map[string]string{"default": ""}
	if (capi.Library{}).Linked() {
		return libraries
	}
	for _, path := range filepath.SplitList(os.Getenv("GOCURL_TEST_LIBRARIES")) {
		libraries[strings.ReplaceAll(strings.Trim(path, "/"), "/", "_")] = path
	}
	return libraries
}

// beside lets the dynamic linker find a library's dependencies in its own folder, where packages that were unpacked
// and not installed have them.
func beside(path string) string {
	if path == "" {
		return "LD_LIBRARY_PATH=" + os.Getenv("LD_LIBRARY_PATH")
	}
	return "LD_LIBRARY_PATH=" + filepath.Dir(path)
}
