package curl_test

import (
	"slices"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiTimeoutAndWaitFDs: what a loop of the user's own needs to know.
func TestMultiTimeoutAndWaitFDs(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	if after, set, err := m.Timeout(); set || err != nil {
		t.Errorf("without members: %v, %v, %v", after, set, err)
	}
	h := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, h)
	if after, set, err := m.Timeout(); !set || after != 0 || err != nil {
		t.Errorf("with a member to start: %v, %v, %v", after, set, err)
	}
	if n, err := m.Poll(t.Context(), -1); n != 0 || err != nil {
		t.Errorf("Poll with a member to start: %d, %v", n, err)
	}
	runAll(t, m)
	waitingMember(t, s, m, "waitfds")
	fds, err := m.WaitFDs()
	switch {
	case olderThan(t, 0x080800):
		checkUnsupported(t, err, 8, 8)
	case err != nil || len(fds) == 0 || fds[0].Events&multiopt.WaitIn == 0:
		t.Errorf("WaitFDs: %v, %v", fds, err)
	default:
		s.Gate("waitfds").Open()
		if n, err := newMulti(t).Wait(t.Context(), 10*time.Second, fds...); n != 1 || err != nil ||
			!slices.ContainsFunc(fds, func(f curl.WaitFD) bool { return f.Revents == multiopt.WaitIn }) {
			t.Errorf("Wait for a descriptor of another multi: %d, %v, %v", n, err, fds)
		}
	}
	idle := newMulti(t)
	if n, err := idle.Wait(t.Context(), -1); n != 0 || err != nil {
		t.Errorf("Wait without members: %d, %v", n, err)
	}
}
