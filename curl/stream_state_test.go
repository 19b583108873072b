package curl_test

import (
	"errors"
	"io"
	"strconv"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// sceneOpened has a body whose first byte is there, and which nobody reads meanwhile.
func sceneOpened(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	name := "opened" + strconv.FormatInt(halfways.Add(1), 10)
	h := stateEasy(t, opt.URL(s.URL("/slow?gate="+name)))
	b, err := h.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	do(h)
	h.Resume(curl.Receiving | curl.Sending) // in case it was paused
	s.Gate(name).Open()
	_, err = io.Copy(io.Discard, b)
	return h, err
}

func sceneOpening(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	var h *curl.Easy
	called := false
	h = stateEasy(t, opt.URL(s.URL("/")), opt.HeaderFunction(func([]byte) error {
		if !called {
			called = true
			do(h)
			h.Resume(curl.Receiving | curl.Sending)
		}
		return nil
	}))
	b, err := h.Open(t.Context())
	if err == nil {
		_, err = io.Copy(io.Discard, b)
		b.Close()
	}
	return h, err
}

// TestReadKeepsTheStateTable reads a body in every state of its handle, and from every place that can be reached.
func TestReadKeepsTheStateTable(t *testing.T) {
	expect := func(t *testing.T, st state.State, sit state.Situation, b *curl.Body) {
		t.Helper()
		promptly(t, "Read", func() {
			n, err := b.Read(make([]byte, 1))
			if n > 0 || err == io.EOF {
				err = nil
			}
			expectVerdict(t, state.Read, state.Decide(state.Read, st, sit), err)
		})
	}
	streams(t, func(t *testing.T, s *testserver.HTTP, handle func(*testing.T, string, ...opt.Option) *curl.Easy) {
		h := handle(t, "/bytes/10")
		b := opened(t, h)
		expect(t, state.InFlight, state.Outside, b)
		elsewhere(t, func() { expect(t, state.InFlight, state.Outside, b) })
		inCallback(t, s2(t), func() { expect(t, state.InFlight, state.ForeignCallback, b) })
		if rest, err := io.ReadAll(b); err != nil || len(rest) != 7 {
			t.Errorf("%d bytes, %v", len(rest), err)
		}
		expect(t, state.Idle, state.Outside, b)
		h2 := handle(t, "/bytes/10")
		b2 := opened(t, h2)
		h2.Close()
		expect(t, state.Draining, state.Outside, b2)
		awaited(t, "Done", h2.Done())
		if _, err := b2.Read(make([]byte, 1)); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("Read of a closed handle's body: %v", err)
		}

		if !reportsTrailers(t, s) {
			return
		}
		var own *curl.Body
		calls := 0
		h3 := handle(t, "/own/trailer", opt.HeaderFunction(func(line []byte) error {
			if own != nil {
				calls++
				expect(t, state.InFlight, state.OwnCallback, own)
				if err := own.Close(); err != nil {
					t.Error(err)
				}
			}
			return nil
		}))
		own = opened(t, h3)
		s.Gate("trailer").Open()
		if _, err := io.ReadAll(own); !errors.Is(err, curl.ErrBodyClosed) || calls != 1 {
			t.Errorf("%d header lines came with the end of the body: %v", calls, err)
		}
	})
}

// s2 is a server for another handle, which has nothing to do with the one under test.
func s2(t *testing.T) *testserver.HTTP { return testserver.NewHTTP(t, testserver.HTTPConfig{}) }

// TestReadInACallbackOfTheLane: there the Read would wait for itself.
func TestReadInACallbackOfTheLane(t *testing.T) {
	if blocks, _ := blockingResolver(t); blocks {
		return // no handle uses a lane
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	b := opened(t, engineHandle(t, g, opt.URL(s.URL("/bytes/1000000"))))
	called := false
	spot := handleWith(t, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
		called = true
		if _, err := b.Read(make([]byte, 10)); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Read: %v", err)
		}
		return false, b.Close()
	}))
	if err := g.Attach(spot, curl.OnSpot); err != nil {
		t.Fatal(err)
	}
	if err := spot.Perform(bounded(t)); err != nil || !called {
		t.Errorf("%v; called: %v", err, called)
	}
	if _, err := b.Read(make([]byte, 10)); !errors.Is(err, curl.ErrBodyClosed) {
		t.Errorf("Read of the closed body: %v", err)
	}
}
