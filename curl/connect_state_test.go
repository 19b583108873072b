package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// unconnected checks that Send and Recv are refused for a reason, whatever becomes of the context.
func unconnected(t *testing.T, h *curl.Easy, reason error) {
	t.Helper()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, ctx := range []context.Context{t.Context(), ended} {
		if _, err := h.Send(ctx, []byte("x")); !errors.Is(err, reason) {
			t.Errorf("Send: %v, want %v", err, reason)
		}
		if _, err := h.Recv(ctx, make([]byte, 1)); !errors.Is(err, reason) {
			t.Errorf("Recv: %v, want %v", err, reason)
		}
	}
}

func TestSendNeedsConnection(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/")))
	unconnected(t, h, curl.ErrNotConnected)
	arrives(t, h, "hello\n")
	unconnected(t, h, curl.ErrNotConnected)

	h = connected(t, s.URL("/"))
	if err := h.Reset(); err != nil {
		t.Fatal(err)
	}
	unconnected(t, h, curl.ErrNotConnected)

	h = connected(t, s.URL("/"))
	h.Close()
	unconnected(t, h, curl.ErrClosed)

	h = handleWith(t, opt.URL("http://"+refusing(t)), opt.ConnectOnly(opt.ConnectOnlyTransport))
	if err := h.Perform(bounded(t)); err == nil {
		t.Fatal("connected to nobody")
	}
	unconnected(t, h, curl.ErrNotConnected)
}

func TestHandleAfterConnectOnly(t *testing.T) {
	peer := testserver.NewScript(t, echoing)
	h := connected(t, "http://"+peer.Addr())
	exchange(t, h, 10)
	if err := h.Set(opt.UserAgent("other")); err != nil { // the connection stays
		t.Fatal(err)
	}
	exchange(t, h, 10)
	c, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	unconnected(t, c, curl.ErrNotConnected)
	exchange(t, h, 10)

	if err := h.Perform(bounded(t)); err != nil { // a new connection in place of the old one
		t.Fatal(err)
	}
	exchange(t, h, 10)
	if n := peer.Connections(); n != 2 {
		t.Errorf("%d connections", n)
	}

	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if err := h.Set(opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyOff)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.NumConnects, 0)
	unconnected(t, h, curl.ErrNotConnected)
}

func TestUpkeepOfConnectOnly(t *testing.T) {
	h := connected(t, "http://"+testserver.NewScript(t, echoing).Addr())
	if err := h.Upkeep(); err != nil {
		t.Fatal(err)
	}
	exchange(t, h, 10)
}

// A Send that fills all buffers on the way says how far it came.
func TestSendStopsWithContext(t *testing.T) {
	peer := testserver.NewScript(t, testserver.Script{testserver.ExpectBytes(1), testserver.Hold()})
	h := connected(t, "http://"+peer.Addr())
	full := errors.New("nobody reads")
	ctx, cancel := context.WithCancelCause(bounded(t))
	var sent int
	chunk := make([]byte, 1<<20)
	progress := make(chan struct{}, 1000)
	done := make(chan error)
	go func() {
		for {
			n, err := h.Send(ctx, chunk)
			sent += n
			if err != nil {
				done <- err
				return
			}
			progress <- struct{}{}
		}
	}()
	<-progress
	cancel(full)
	err := <-done
	if !errors.Is(err, full) || !errors.Is(err, context.Canceled) || sent < len(chunk) {
		t.Errorf("%d bytes, %v", sent, err)
	}
	var e *curl.Error
	if !errors.As(err, &e) || e.Op != "Send" || e.Timeout() {
		t.Errorf("%#v", err)
	}
}

func TestRecvRunsIntoDeadline(t *testing.T) {
	h := connected(t, "http://"+testserver.NewScript(t, echoing).Addr())
	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	_, err := h.Recv(ctx, make([]byte, 1))
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, codes.OperationTimedOut) {
		t.Error(err)
	}
	exchange(t, h, 10)
}
