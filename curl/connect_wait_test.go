package curl

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// waiting makes a handle whose Recv waits for a peer that says nothing, and returns where its error will come.
func waiting(t *testing.T, ctx context.Context) (*Easy, <-chan error) {
	t.Helper()
	peer := testserver.NewScript(t, testserver.Script{testserver.Drain()})
	h, err := New(opt.URL("http://"+peer.Addr()), opt.ConnectOnly(opt.ConnectOnlyTransport))
	if errors.Is(err, ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := h.Recv(ctx, make([]byte, 1))
		done <- err
	}()
	for len(watchesOf(h.h)) == 0 {
		select {
		case err := <-done:
			t.Fatal("Recv did not wait: ", err)
		default:
			runtime.Gosched()
		}
	}
	return h, done
}

func watchesOf(h *handle) []any {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []any
	for f := range h.watches {
		list = append(list, f)
	}
	return list
}

func TestWaitingRecvIsWoken(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("waits with timers there")
	}
	for name, c := range map[string]struct {
		end  func(h *Easy, cancel func()) error
		want error
	}{
		"context": {func(h *Easy, cancel func()) error { cancel(); return nil }, context.Canceled},
		"Close":   {func(h *Easy, cancel func()) error { return h.Close() }, ErrClosed},
		"Reset":   {func(h *Easy, cancel func()) error { return h.Reset() }, ErrNotConnected},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			h, done := waiting(t, ctx)
			began := time.Now()
			if err := c.end(h, cancel); err != nil {
				t.Fatal(err)
			}
			if err := <-done; !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if d := time.Since(began); d > recheck/2 {
				t.Errorf("woken after %v", d)
			}
			if n := len(watchesOf(h.h)); n != 0 {
				t.Errorf("%d descriptors left", n)
			}
		})
	}
}

// A new transfer ends the connection, so the Recv on the old one fails instead of reading from the new one.
func TestWaitingRecvIsWokenByPerform(t *testing.T) {
	h, done := waiting(t, t.Context())
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if err := h.Set(opt.URL(s.URL("/hang")), opt.ConnectOnly(opt.ConnectOnlyOff)); err != nil {
		t.Fatal(err)
	}
	performed := make(chan error, 1)
	go func() { performed <- h.Perform(t.Context()) }()
	if err := <-done; !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	s.Gate("").Open()
	if err := <-performed; err != nil {
		t.Error(err)
	}
	if _, err := h.Recv(t.Context(), make([]byte, 1)); !errors.Is(err, ErrNotConnected) {
		t.Error(err)
	}
}

// The descriptor that a wait has left for the next one does not keep the socket open when its connection ends. Reset and
// Perform may leave the socket to libcurl, which keeps it for later (7.74.0 on a Reset, all with opt.ConnectOnly turned off).
func TestEndOfConnectionReachesPeer(t *testing.T) {
	for name, end := range map[string]func(h *Easy) error{
		"Close": (*Easy).Close,
		"Reset": (*Easy).Reset,
		"Perform": func(h *Easy) error {
			if err := h.Set(opt.URL("file:///dev/null"), opt.ConnectOnly(opt.ConnectOnlyOff)); err != nil {
				return err
			}
			return h.Perform(t.Context())
		},
	} {
		t.Run(name, func(t *testing.T) {
			said, gone := testserver.NewGate(), make(chan struct{})
			peer := testserver.NewScript(t, testserver.Script{testserver.Wait(said), testserver.Send("x"),
				testserver.Drain(), testserver.Do("note the end", func(*testserver.ScriptConn) error { close(gone); return nil })})
			h, err := New(opt.URL("http://"+peer.Addr()), opt.ConnectOnly(opt.ConnectOnlyTransport))
			if errors.Is(err, ErrNoCgo) {
				t.Skip("this build has no libcurl at all")
			}
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			if err := h.Perform(t.Context()); err != nil {
				t.Fatal(err)
			}
			received := make(chan error, 1)
			go func() {
				_, err := h.Recv(t.Context(), make([]byte, 1))
				received <- err
			}()
			for runtime.GOOS != "windows" && len(watchesOf(h.h)) == 0 {
				runtime.Gosched()
			}
			said.Open()
			if err := <-received; err != nil {
				t.Fatal(err)
			}
			h.h.mu.Lock()
			kept := h.h.unwatched != nil
			h.h.mu.Unlock()
			if !kept && runtime.GOOS != "windows" {
				t.Error("the wait has left no descriptor")
			}
			if err := end(h); err != nil {
				t.Error(err)
			}
			h.h.mu.Lock()
			kept = h.h.unwatched != nil
			h.h.mu.Unlock()
			if kept {
				t.Error("the descriptor is still open")
			}
			if err := h.Close(); err != nil {
				t.Error(err)
			}
			select {
			case <-gone:
			case <-time.After(10 * time.Second):
				t.Error("the peer still has a connection")
			}
		})
	}
}

// Whoever waits for a frame, or on the connection of a member of a Multi, waits in the poller, too.
func TestWaitersArePolled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("waits with timers there")
	}
	parked := func(t *testing.T, h *Easy, wait func() error) {
		t.Helper()
		done := make(chan error, 1)
		go func() { done <- wait() }()
		for len(watchesOf(h.h)) == 0 {
			select {
			case err := <-done:
				t.Fatal("it did not wait: ", err)
			default:
				runtime.Gosched()
			}
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}
	t.Run("frame", func(t *testing.T) {
		s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, (*testserver.WebSocketConn).Echo)
		w, err := DialWebSocket(t.Context(), s.URL("/"))
		if errors.Is(err, ErrNoCgo) || errors.Is(err, ErrUnsupported) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		parked(t, w.e, func() error {
			_, _, err := w.Read(t.Context())
			return err
		})
	})
	t.Run("member", func(t *testing.T) {
		peer := testserver.NewScript(t, testserver.Script{testserver.Drain()})
		m, h := memberAt(t, "http://"+peer.Addr(), opt.ConnectOnly(opt.ConnectOnlyTransport))
		performAll(t, m)
		parked(t, h, func() error {
			_, err := h.Recv(t.Context(), make([]byte, 1))
			return err
		})
	})
}
