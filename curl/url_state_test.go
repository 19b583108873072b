package curl_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// urlCalls makes the operations of the state table that are about a URL.
var urlCalls = map[state.Op]func(u *curl.URL) error{
	state.URLRead: func(u *curl.URL) error {
		_, err := u.Get(curl.PartURL)
		return err
	},
	state.URLSet:   func(u *curl.URL) error { return u.Set(curl.PartFragment, "set") },
	state.URLClose: func(u *curl.URL) error { return u.Close() },
}

// urlScenes bring a URL into a state, and the caller into a place.
var urlScenes = []struct {
	st   state.State
	sit  state.Situation
	how  string
	play func(t *testing.T, s *testserver.HTTP, do func(u *curl.URL))
}{
	{state.Idle, state.Outside, "attached to none", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		do(parsed(t, s.URL("/")))
	}},
	{state.Attached, state.Outside, "attached and used", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		u, h := urlOf(t, s)
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
		do(u)
	}},
	{state.Attached, state.ForeignCallback, "callback of another handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		u, _ := urlOf(t, s)
		inCallback(t, s, func() { do(u) })
	}},
	{state.InFlight, state.OwnCallback, "callback of its handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		var u *curl.URL
		u, h := urlOf(t, s, opt.WriteFunction(func([]byte) error { do(u); return nil }))
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}},
	{state.InFlight, state.Outside, "beside a callback of its handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		var u *curl.URL
		u, h := urlOf(t, s, opt.WriteFunction(func([]byte) error { elsewhere(t, func() { do(u) }); return nil }))
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}},
	{state.InFlight, state.ForeignCallback, "callback of a handle inside one of its handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		var u *curl.URL
		u, h := urlOf(t, s, opt.WriteFunction(func([]byte) error { inCallback(t, s, func() { do(u) }); return nil }))
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}},
	{state.InFlight, state.NestedCallback, "callback fired by Set of its handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		u, h := urlOf(t, s)
		duringSet(t, h, func() { do(u) })
	}},
	{state.Attached, state.OwnCallback, "callback of its handle, which is closed", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		var u *curl.URL
		var h *curl.Easy
		u, h = urlOf(t, s, opt.WriteFunction(func([]byte) error { h.Close(); do(u); return nil }))
		if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrClosed) {
			t.Error(err)
		}
	}},
	{state.Closed, state.Outside, "closed", func(t *testing.T, s *testserver.HTTP, do func(*curl.URL)) {
		u, _ := urlOf(t, s)
		u.Close()
		do(u)
	}},
}

func urlOf(t *testing.T, s *testserver.HTTP, options ...opt.Option) (*curl.URL, *curl.Easy) {
	u, h := parsed(t, s.URL("/")), stateEasy(t, options...)
	setURL(t, h, u)
	return u, h
}

func TestURLKeepsTheStateTable(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for op, call := range urlCalls {
		for _, scene := range urlScenes {
			t.Run(fmt.Sprintf("%v, %v (%s)/%v", scene.st, scene.sit, scene.how, op), func(t *testing.T) {
				t.Parallel()
				made := false
				scene.play(t, s, func(u *curl.URL) {
					made = true
					promptly(t, op.String(), func() { expectVerdict(t, op, state.Decide(op, scene.st, scene.sit), call(u)) })
				})
				if !made {
					t.Error("the call was not made")
				}
			})
		}
	}
	for op := range state.Ops {
		if op.OfURL() != (urlCalls[op] != nil) {
			t.Errorf("no test makes %v", op)
		}
	}
}

// Transfers begin and end while others change, clone, detach and close URLs: nobody waits for a transfer, and each transfer
// goes to some URL that was whole.
func TestURLChangesWhileTransfersBegin(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	u := parsed(t, s.URL("/reply?body=0"))
	var all sync.WaitGroup
	for range 3 {
		h := handleWith(t)
		all.Go(func() {
			for range 40 {
				if err := h.SetURL(u); err != nil {
					t.Error(err)
				}
				body, err := h.Fetch(bounded(t))
				if err != nil || len(body) != 1 {
					t.Errorf("%q, %v", body, err)
				}
				if c, err := h.Clone(); err != nil {
					t.Error(err)
				} else {
					c.Close()
				}
				if err := h.SetURL(nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 2 {
		all.Go(func() {
			for n := range 200 {
				err := u.Set(curl.PartQuery, fmt.Sprintf("body=%d", (n+i)%10))
				if err != nil && !errors.Is(err, curl.ErrBusy) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
