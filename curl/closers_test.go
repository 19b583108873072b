package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const (
	comeAndGo     = 200 // handles, one after the other
	keptFunctions = 80  // close-socket functions at most then, of some
)

// A long-lived Multi kept the close-socket function of every handle that it had ever had.
func TestMultiForgetsCloseFunctions(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, url := range map[string]string{"closed": s.URL("/"), "reused": s.URL("/"), "refused": "http://" + refusing(t)} {
		t.Run(name, func(t *testing.T) {
			m := newMulti(t, multiopt.MaxConnects(4))
			first := 0 // the close-socket function of the first one, whose connection stays until the end
			open := stateEasyUnowned(t, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.CloseSocketFunction(func(fd uintptr) error { first++; return closeFD(fd) }))
			addAll(t, m, open)
			runAll(t, m)
			if err := m.Remove(open); err != nil {
				t.Fatal(err)
			}
			open.Close()
			closed := 0
			for range comeAndGo {
				h := stateEasyUnowned(t, opt.URL(url), opt.NoProxy("*"), opt.ForbidReuse(name == "closed"), opt.CloseSocketFunction(func(fd uintptr) error { closed++; return closeFD(fd) }))
				addAll(t, m, h)
				runAll(t, m)
				if err := m.Remove(h); err != nil {
					t.Fatal(err)
				}
				h.Close()
			}
			if kept := m.KeptCloseFunctions(); kept > keptFunctions {
				t.Errorf("%d functions of %d handles are kept", kept, comeAndGo)
			}
			if first != 0 && name == "reused" {
				t.Errorf("the connection was closed %d times before the end", first)
			}
			if name == "closed" && closed < comeAndGo/2 {
				t.Errorf("%d connections of %d were closed", closed, comeAndGo)
			}
			m.Close()
			if first != 1 {
				t.Errorf("the first handle's function was called %d times", first)
			}
		})
	}
}

// And so did a ConfinedShare, with the C memory of each handle.
func TestConfinedShareForgetsCloseFunctions(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, url := range map[string]string{"closed": s.URL("/"), "reused": s.URL("/"), "refused": "http://" + refusing(t)} {
		t.Run(name, func(t *testing.T) {
			share, err := curl.NewConfinedShare(confinedKinds(t)...)
			if err != nil {
				t.Fatal(err)
			}
			run := func(url string) {
				h := stateEasyUnowned(t, opt.URL(url), opt.NoProxy("*"), opt.ForbidReuse(name == "closed"), opt.CloseSocketFunction(closeFD))
				attach(t, share, h)
				if err := h.Perform(bounded(t)); err != nil && name != "refused" {
					t.Error(err)
				}
				// What it is after a reset, and elsewhere meanwhile, counts as well.
				if err := share.Detach(h); err != nil {
					t.Error(err)
				}
				h.Reset()
				setAll(t, h, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.CloseSocketFunction(closeFD))
				perform(t, h)
				attach(t, share, h)
				perform(t, h)
				h.Close()
			}
			run(s.URL("/"))
			for range comeAndGo {
				run(url)
			}
			if kept := share.KeptCloseFunctions(); kept > keptFunctions {
				t.Errorf("the memory of %d handles of %d is kept", kept, comeAndGo)
			}
			if err := share.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A handle that came from another share got another C handle (8.21.0 and later) when it had been noted already which one the
// share was to keep: its connections closed their sockets with freed memory.
func TestConfinedShareKeepsTheHandleThatTheTransferRanWith(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	newShare := func() *curl.ConfinedShare {
		share, err := curl.NewConfinedShare(curl.ShareConnections)
		if err != nil {
			t.Fatal(err)
		}
		return share
	}
	for range 20 {
		first, second := newShare(), newShare()
		closed := 0
		h := stateEasyUnowned(t, opt.URL(s.URL("/")), opt.NoProxy("*"),
			opt.CloseSocketFunction(func(fd uintptr) error { closed++; return closeFD(fd) }))
		for _, share := range []*curl.ConfinedShare{first, second} {
			attach(t, share, h)
			perform(t, h)
			if err := share.Detach(h); err != nil {
				t.Fatal(err)
			}
		}
		h.Close()
		others := make([]*curl.Easy, 20) // in the same memory, if it is free
		for i := range others {
			others[i] = stateEasyUnowned(t, opt.CloseSocketFunction(func(fd uintptr) error { t.Error("another handle's function is called"); return closeFD(fd) }))
		}
		for _, share := range []*curl.ConfinedShare{first, second} {
			if err := share.Close(); err != nil {
				t.Error(err)
			}
		}
		for _, h := range others {
			h.Close()
		}
		if closed != 0 { // they are closed directly: no transfer of the handle is on the share
			t.Errorf("the function of a handle that has gone was called %d times", closed)
		}
	}
}

// A connection that stayed with a ConfinedShare was closed under another member's hands while the handle that had made it was in a
// transfer elsewhere: its function was called as one of that transfer, whose lock nobody held.
func TestConfinedShareClosesSocketsOfHandlesThatHaveGoneOn(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share, err := curl.NewConfinedShare(curl.ShareCookies)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { share.Close() })
	closed := 0 // read when the transfer that may call is over
	maker := newHandle(t, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.CloseSocketFunction(func(fd uintptr) error { closed++; return closeFD(fd) }))
	attach(t, share, maker)
	perform(t, maker)
	if err := share.Detach(maker); err != nil {
		t.Fatal(err)
	}
	setAll(t, maker, opt.URL(s.URL("/hang")))
	gone := make(chan error, 1)
	go func() { gone <- maker.Perform(bounded(t)) }()
	select {
	case <-s.Requested(2):
	case err := <-gone:
		t.Fatal(err)
	}

	heir := newHandle(t, opt.URL(s.URL("/hang")), opt.NoProxy("*"))
	attach(t, share, heir)
	ctx, cancel := context.WithCancel(bounded(t))
	go func() {
		defer cancel()
		select {
		case <-s.Requested(3):
		case <-ctx.Done():
		}
	}()
	if err := heir.Perform(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want a transfer that was cancelled", err)
	}
	if n := s.Connections(); n != 2 {
		t.Errorf("%d connections: the second member was to have the first one's", n)
	}
	maker.Cancel()
	if err := <-gone; err == nil {
		t.Error("a transfer that was cancelled went well")
	}
	maker.Close()
	if closed != 1 {
		t.Errorf("the function was called %d times, want once: for the socket of its own transfer", closed)
	}
}
