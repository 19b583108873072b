package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stateScene brings a handle into a state, and the caller into a place, from which do is called once.
type stateScene struct {
	st     state.State
	sit    state.Situation
	how    string
	member bool // of a multi, which memberOf tells
	play   func(t *testing.T, s *testserver.HTTP, do func(h *curl.Easy)) (h *curl.Easy, ended error)
}

// stateScenes are all that can be reached with handles that have a driver of their own and no multi (memberScenes has
// the others): no sibling and no event callbacks; and no option that libcurl re-reads in a transfer calls back when it is set.
var stateScenes = []stateScene{
	{state.Idle, state.Outside, "never used", false, sceneFresh},
	{state.Idle, state.Outside, "after a transfer, other goroutine", false, sceneUsed},
	{state.Idle, state.ForeignCallback, "callback of another handle", false, sceneIdleForeign},
	{state.Idle, state.NestedCallback, "callback fired by Set", false, sceneSet},
	{state.InFlight, state.Outside, "other goroutine", false, sceneInFlight},
	{state.InFlight, state.ForeignCallback, "callback of another handle", false, sceneInFlightForeign},
	{state.InFlight, state.OwnCallback, "write function", false, sceneOwn},
	{state.InFlight, state.Outside, "a body that nobody reads", false, sceneOpened},
	{state.InFlight, state.OwnCallback, "header function inside Open", false, sceneOpening},
	{state.Connected, state.Outside, "own goroutine", false, sceneConnected},
	{state.Connected, state.ForeignCallback, "callback of another handle", false, sceneConnectedForeign},
	{state.Connected, state.NestedCallback, "callback fired by Set", false, sceneConnectedSet},
	{state.Draining, state.OwnCallback, "write function that has closed the handle", false, sceneClosedInside},
	{state.Draining, state.Outside, "goroutine that such a write function waits for", false, sceneClosedInsideOther},
	{state.Draining, state.NestedCallback, "callback fired by Close", false, sceneClosing},
	{state.Draining, state.Outside, "goroutine that such a callback waits for", false, sceneClosingOther},
	{state.Closed, state.Outside, "own goroutine", false, sceneClosed},
	{state.Closed, state.ForeignCallback, "callback of another handle", false, sceneClosedForeign},
}

func stateEasy(t *testing.T, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(append([]opt.Option{opt.NoProxy("*")}, options...)...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	attachToo(t, h)
	t.Cleanup(func() { h.Close() })
	return h
}

// inCallback runs f inside a write function of a handle of its own.
func inCallback(t *testing.T, s *testserver.HTTP, f func()) {
	t.Helper()
	b := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { f(); return nil }))
	if err := b.Perform(context.Background()); err != nil {
		t.Errorf("the other handle: %v", err)
	}
}

// elsewhere runs f on another goroutine and waits for it.
func elsewhere(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	awaited(t, "the end of the other goroutine", done)
}

func sceneFresh(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	do(h)
	return h, nil
}

func sceneUsed(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	if err := h.Perform(context.Background()); err != nil {
		t.Fatal(err)
	}
	elsewhere(t, func() { do(h) })
	return h, nil
}

func sceneIdleForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	inCallback(t, s, func() { do(h) })
	return h, nil
}

// duringSet runs f inside a debug function that Set fires by changing the cookies.
func duringSet(t *testing.T, h *curl.Easy, f func()) {
	t.Helper()
	ran := false
	debug := func(opt.DebugKind, []byte) {
		if !ran {
			ran = true
			f()
		}
	}
	if err := h.Set(opt.Verbose(true), opt.DebugFunction(debug)); err != nil {
		t.Fatal(err)
	}
	// Older releases report a cookie that is taken, 8.22.0 only one that is not.
	if err := h.Set(opt.CookieList("Set-Cookie: a=1; domain=example.com; path=/"), opt.CookieList("Set-Cookie: dropped")); err != nil {
		t.Errorf("the Set whose callback this is about: %v", err)
	}
	if !ran {
		t.Error("setting a cookie did not call the debug function")
	}
}

func sceneSet(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	duringSet(t, h, func() { do(h) })
	return h, nil
}

func sceneClosed(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	h.Close()
	do(h)
	return h, nil
}

func sceneClosedForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := stateEasy(t, opt.URL(s.URL("/")))
	h.Close()
	inCallback(t, s, func() { do(h) })
	return h, nil
}
