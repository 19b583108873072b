package driver

import (
	"os"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// unrecoverablePoll is libcurl's code for a wait that the system refuses. Before that release such a wait was a good one, over
// at once, to whoever had called curl_multi_wait.
const unrecoverablePoll, unrecoverableSince = 12, 0x075400

// TestAWaitThatAlwaysFailsEndsTheLead: a loop that polls forgot the error of curl_multi_wait, and tried again for ever; so did one
// with events whose few sockets are polled.
func TestAWaitThatAlwaysFailsEndsTheLead(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChildWith(t, "testdata/nopoll.c", "GOCURL_TEST_POLLS=1000000000")
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, cfg := range map[string]Config{"events": {}, "polling": {Polling: true}} {
		d := newDriver(t, cfg)
		if cfg.Polling && capi.VersionNum() < unrecoverableSince {
			continue
		}
		if code := leadOne(t, d, s.URL("/hang")); code != unrecoverablePoll {
			t.Errorf("%s: Lead ended with CURLMcode %d", name, code)
		}
	}
}

// TestAWaitThatFailsOnceDoesNot: the kernel may be short of memory for a moment.
func TestAWaitThatFailsOnceDoesNot(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChildWith(t, "testdata/nopoll.c", "GOCURL_TEST_POLLS=2")
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	d := newDriver(t, Config{Polling: true})
	if code := leadOne(t, d, s.URL("/")); code != 0 {
		t.Errorf("Lead ended with CURLMcode %d", code)
	}
}

// leadOne leads the driver until a transfer is over, and says how that went.
func leadOne(t *testing.T, d *Driver, url string) int {
	t.Helper()
	c := capi.NewCell(0)
	defer c.Free()
	if code := setURL(c, url); code != 0 {
		t.Fatalf("CURLOPT_URL: %d", code)
	}
	guard := time.AfterFunc(20*time.Second, func() { panic("the lead does not end") })
	defer guard.Stop()
	d.Mu.Lock()
	defer d.Mu.Unlock()
	defer d.C().Remove(c)
	return d.AddAndLead(c, func() bool { return d.C().NextDone().Valid() })
}
