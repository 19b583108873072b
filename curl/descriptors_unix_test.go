//go:build unix

package curl

import (
	"errors"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// withoutDescriptors calls f while this process may open no more of them.
func withoutDescriptors(t *testing.T, f func()) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	few := limit
	few.Cur = 128
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	var all []int
	for { // a limit of none would be less than there are open, and the system refuses to poll so many
		fd, err := syscall.Dup(0)
		if err != nil {
			break
		}
		all = append(all, fd)
	}
	defer func() {
		for _, fd := range all {
			syscall.Close(fd)
		}
	}()
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			t.Fatal(err)
		}
	}()
	f()
}

// TestNoDescriptorsLeft: the error has the number, and says what to do, whoever ran out of descriptors; afterwards the
// handle works.
func TestNoDescriptorsLeft(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+libraryInUse()) {
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	fresh := lifecycleEasy(t, opt.URL(s.URL("/")))
	used := lifecycleEasy(t, opt.URL(s.URL("/")), opt.FreshConnect(true))
	name := lifecycleEasy(t, opt.URL(s.URL("/")))
	for _, h := range []*Easy{used, name} {
		if err := h.Perform(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := name.Set(opt.URL("http://some.test/"), opt.DNSCacheTimeout(0)); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		h     *Easy
		codes []codes.Easy
	}{
		"a first transfer": {fresh, []codes.Easy{codes.OutOfMemory}},
		"a new connection": {used, []codes.Easy{codes.CouldntConnect}},
		"a name":           {name, []codes.Easy{codes.CouldntResolveHost, codes.OutOfMemory, codes.FailedInit}},
	} {
		t.Run(what, func(t *testing.T) {
			var err error
			withoutDescriptors(t, func() { err = c.h.Perform(t.Context()) })
			e, ok := err.(*Error)
			if !ok {
				t.Fatalf("Perform: %v", err)
			}
			known := false
			for _, code := range c.codes {
				known = known || errors.Is(err, code)
			}
			if !known || !errors.Is(err, syscall.EMFILE) || e.Errno != syscall.EMFILE || !strings.Contains(err.Error(), "ulimit -n") {
				t.Errorf("code %v, error number %v: %v", e.Code, e.Errno, err)
			}
			if err := c.h.Set(opt.URL(s.URL("/"))); err != nil {
				t.Fatal(err)
			}
			if err := c.h.Perform(t.Context()); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// TestWaitingWithoutDescriptors: a transfer that finds none for Go's poller waits elsewhere.
func TestWaitingWithoutDescriptors(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+libraryInUse()) {
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := lifecycleEasy(t, opt.URL(s.URL("/")))
	if err := h.Perform(t.Context()); err != nil { // its connection is open
		t.Fatal(err)
	}
	if err := h.Set(opt.URL(s.URL("/trickle/50?every=10ms"))); err != nil {
		t.Fatal(err)
	}
	withoutDescriptors(t, func() {
		if body, err := h.Fetch(t.Context()); err != nil || len(body) != 50 {
			t.Errorf("%d bytes, %v", len(body), err)
		}
	})
}
