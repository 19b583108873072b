package curl_test

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// halfways counts its transfers: each has a gate of its own.
var halfways atomic.Int64

// halfway performs a transfer that stops after one byte, calls inside in the write function that gets it, and outside,
// unless nil, while that transfer waits for the second one. It returns the handle and how its Perform ended.
func halfway(t *testing.T, s *testserver.HTTP, inside, outside func(h *curl.Easy)) (*curl.Easy, error) {
	t.Helper()
	return halfwayAs(t, s, func(*curl.Easy) {}, inside, outside)
}

// halfwayAs is halfway for a handle that is prepared first.
func halfwayAs(t *testing.T, s *testserver.HTTP, prepare, inside, outside func(h *curl.Easy)) (*curl.Easy, error) {
	t.Helper()
	name := "halfway" + strconv.FormatInt(halfways.Add(1), 10)
	gate := s.Gate(name)
	half := make(chan struct{})
	var h *curl.Easy
	var first sync.Once
	h = stateEasy(t, opt.URL(s.URL("/slow?gate="+name)), opt.WriteFunction(func([]byte) error {
		first.Do(func() {
			if inside != nil {
				inside(h)
			}
			close(half)
		})
		return nil
	}))
	prepare(h)
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(context.Background()) }()
	awaited(t, "the first byte", half)
	if outside != nil {
		outside(h)
	}
	h.Resume(curl.Receiving | curl.Sending) // in case it was paused
	gate.Open()
	return h, awaited(t, "the end of the transfer", ended)
}

func sceneInFlight(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return halfway(t, s, nil, do)
}

func sceneInFlightForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return halfway(t, s, nil, func(h *curl.Easy) { inCallback(t, s, func() { do(h) }) })
}

func sceneOwn(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return halfway(t, s, do, nil)
}

func sceneClosedInside(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return halfway(t, s, func(h *curl.Easy) { h.Close(); do(h) }, nil)
}

func sceneClosedInsideOther(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return halfway(t, s, func(h *curl.Easy) { h.Close(); elsewhere(t, func() { do(h) }) }, nil)
}

func connectedEasy(t *testing.T, s *testserver.HTTP) *curl.Easy {
	t.Helper()
	h := stateEasy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport))
	if err := h.Perform(context.Background()); err != nil {
		t.Fatal(err)
	}
	return h
}

func sceneConnected(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := connectedEasy(t, s)
	do(h)
	return h, nil
}

func sceneConnectedForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := connectedEasy(t, s)
	inCallback(t, s, func() { do(h) })
	return h, nil
}

func sceneConnectedSet(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := connectedEasy(t, s)
	duringSet(t, h, func() { do(h) })
	return h, nil
}

// duringClose closes a handle that keeps a connection and calls inside in the close-socket function.
func duringClose(t *testing.T, s *testserver.HTTP, inside func(h *curl.Easy)) *curl.Easy {
	t.Helper()
	return duringCloseOf(t, s, func(*curl.Easy) {}, inside)
}

// duringCloseOf is duringClose for a handle that is prepared first.
func duringCloseOf(t *testing.T, s *testserver.HTTP, prepare, inside func(h *curl.Easy)) *curl.Easy {
	t.Helper()
	ran := 0
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/")), opt.CloseSocketFunction(func(fd uintptr) error {
		ran++
		inside(h)
		return closeFD(fd)
	}))
	prepare(h)
	if err := h.Perform(context.Background()); err != nil {
		t.Fatal(err)
	}
	h.Close()
	if ran != 1 {
		t.Errorf("Close called the close-socket function %d times", ran)
	}
	return h
}

func sceneClosing(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return duringClose(t, s, do), nil
}

func sceneClosingOther(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return duringClose(t, s, func(h *curl.Easy) { elsewhere(t, func() { do(h) }) }), nil
}
