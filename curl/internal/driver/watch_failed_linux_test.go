package driver

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// TestAWakeIsHeardAfterTheSystemHadNoRoomToWatchIt: a set was kept that the wake descriptor had not got into, so whatever
// another goroutine wanted of the leader came when a socket or a timer had something to say.
func TestAWakeIsHeardAfterTheSystemHadNoRoomToWatchIt(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChildWith(t, "testdata/nowatch.c")
		return
	}
	d := newDriver(t, Config{})
	if fd := d.C().Park(); fd >= 0 {
		t.Fatalf("nothing has failed: %x", setOf(t, fd))
	}
	if in := setOf(t, d.C().Park()); len(in) != 1 || in[0].fd != d.C().WakeFD() {
		t.Errorf("the leader hears of %x, and is woken by %d", in, d.C().WakeFD())
	}
}

// inChildWith runs the test in a process of its own in which the system is as the C file makes it.
func inChildWith(t *testing.T, source string, env ...string) {
	t.Helper()
	newDriver(t, Config{}) // or the test is skipped
	library := filepath.Join(t.TempDir(), "libbefore.so")
	cc, err := testserver.CC("-shared", "-fPIC", "-o", library, source, "-ldl")
	if err != nil {
		t.Skip("needs a C compiler: ", err)
	}
	if out, err := cc.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.count=1", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "GOCURL_TEST_CHILD="+t.Name(), "LD_PRELOAD="+library,
		"ASAN_OPTIONS=verify_asan_link_order=0:"+os.Getenv("ASAN_OPTIONS"))
	cmd.Env = append(cmd.Env, env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("in a process of its own: %v\n%s", err, out)
	}
}
