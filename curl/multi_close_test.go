package curl_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// closeOrders are the orders in which a multi and its members can be closed. call makes a call where the case wants it.
var closeOrders = []struct {
	name  string
	close func(m *curl.Multi, handles []*curl.Easy, call func(func()))
}{
	{"multi first", func(m *curl.Multi, handles []*curl.Easy, call func(func())) {
		call(func() { m.Close() })
		for _, h := range handles {
			call(func() { h.Close() })
		}
	}},
	{"members first", func(m *curl.Multi, handles []*curl.Easy, call func(func())) {
		for _, h := range handles {
			call(func() { h.Close() })
		}
		call(func() { m.Close() })
	}},
	{"members backwards", func(m *curl.Multi, handles []*curl.Easy, call func(func())) {
		for _, h := range slices.Backward(handles) {
			call(func() { h.Close() })
		}
		call(func() { m.Close() })
	}},
	{"multi in the middle", func(m *curl.Multi, handles []*curl.Easy, call func(func())) {
		for i, h := range handles {
			if i == len(handles)/2 {
				call(func() { m.Close() })
			}
			call(func() { h.Close() })
		}
	}},
	{"removed, then members, then multi", func(m *curl.Multi, handles []*curl.Easy, call func(func())) {
		for _, h := range handles {
			call(func() { m.Remove(h) })
		}
		for _, h := range handles {
			call(func() { h.Close() })
		}
		call(func() { m.Close() })
	}},
}

// closePhases are how far the transfers have come.
var closePhases = []struct {
	name  string
	route string
	drive func(t *testing.T, m *curl.Multi, s *testserver.HTTP, n int)
}{
	{"before the first step", "/", func(*testing.T, *curl.Multi, *testserver.HTTP, int) {}},
	{"halfway", "/slow?gate=never", func(t *testing.T, m *curl.Multi, s *testserver.HTTP, n int) {
		asked := s.Requested(n)
		runUntil(t, m, "the requests", func() bool {
			select {
			case <-asked:
				return true
			default:
				return false
			}
		})
	}},
	{"over", "/", func(t *testing.T, m *curl.Multi, s *testserver.HTTP, n int) {
		for m2 := 1; m2 > 0; {
			if m2 = step(t, m); m2 > 0 {
				rest(t, m)
			}
		}
	}},
}

// TestMultiCloseMatrix closes a multi and 50 members in every order, in every phase, and from everywhere.
func TestMultiCloseMatrix(t *testing.T) {
	const n = 50
	for where, call := range map[string]func(t *testing.T, s *testserver.HTTP) func(func()){
		"own goroutine":   func(*testing.T, *testserver.HTTP) func(func()) { return func(f func()) { f() } },
		"other goroutine": func(t *testing.T, _ *testserver.HTTP) func(func()) { return func(f func()) { elsewhere(t, f) } },
		"foreign callback": func(t *testing.T, s *testserver.HTTP) func(func()) {
			other := testserver.NewHTTP(t, testserver.HTTPConfig{})
			return func(f func()) { inCallback(t, other, f) }
		},
	} {
		for _, order := range closeOrders {
			for _, phase := range closePhases {
				t.Run(fmt.Sprintf("%s/%s/%s", where, order.name, phase.name), func(t *testing.T) {
					t.Parallel()
					s := testserver.NewHTTP(t, testserver.HTTPConfig{})
					m := newMulti(t)
					var handles []*curl.Easy
					for range n {
						h := stateEasy(t, opt.URL(s.URL(phase.route)))
						handles = append(handles, h)
						addAll(t, m, h)
					}
					phase.drive(t, m, s, n)
					order.close(m, handles, call(t, s))
					for _, h := range handles {
						awaited(t, "Done", h.Done())
						if err := h.Set(opt.UserAgent("x")); !errors.Is(err, curl.ErrClosed) {
							t.Fatalf("after Close: %v", err)
						}
					}
					if _, err := m.Perform(); !errors.Is(err, curl.ErrClosed) {
						t.Errorf("Perform after Close: %v", err)
					}
					if list := m.Handles(); len(list) != 0 {
						t.Errorf("%d members after Close", len(list))
					}
				})
			}
		}
	}
}

// TestMultiCloseMatrixInCallbacks closes in the callback of a member.
func TestMultiCloseMatrixInCallbacks(t *testing.T) {
	const n = 50
	for _, order := range closeOrders {
		t.Run(order.name, func(t *testing.T) {
			s := testserver.NewHTTP(t, testserver.HTTPConfig{})
			m := newMulti(t)
			var handles []*curl.Easy
			inside, ran := true, 0
			for range n {
				h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
					if ran++; !inside {
						t.Error("a callback after everything was closed")
					}
					order.close(m, handles, func(f func()) { f() })
					inside = false
					return nil
				}))
				handles = append(handles, h)
			}
			addAll(t, m, handles...)
			for ran == 0 {
				if _, err := m.Perform(); err != nil {
					t.Fatal(err)
				}
				if ran == 0 {
					rest(t, m)
				}
			}
			for _, h := range handles {
				awaited(t, "Done", h.Done())
			}
			if _, err := m.Perform(); !errors.Is(err, curl.ErrClosed) {
				t.Errorf("Perform after Close: %v", err)
			}
		})
	}
}

// TestMultiCloseLeavesMembersUsable, and gives them their connections' close-socket callbacks and messages.
func TestMultiCloseLeavesMembersUsable(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	closes := 0
	closer := opt.CloseSocketFunction(func(fd uintptr) error {
		closes++
		if err := m.Add(stateEasy(t)); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("Add in a callback of Close: %v", err)
		}
		m.Close()
		return closeFD(fd)
	})
	over := stateEasy(t, opt.URL(s.URL("/")), closer)
	addAll(t, m, over)
	runAll(t, m)
	flying := waitingMember(t, s, m, "usable", closer)
	resting := stateEasy(t, opt.URL(s.URL("/")))
	removed := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, resting, removed)
	m.Close()
	if closes == 0 {
		t.Error("Close has closed no socket")
	}
	closes = 0
	got := map[*curl.Easy]error{}
	for msg := range m.Messages() {
		got[msg.Easy] = msg.Err
	}
	if len(got) != 3 || !errors.Is(got[flying], curl.ErrClosed) || !errors.Is(got[resting], curl.ErrClosed) || !errors.Is(got[removed], curl.ErrClosed) {
		t.Errorf("messages after Close: %v", got)
	}
	for _, h := range []*curl.Easy{over, flying, resting} {
		setAll(t, h, opt.URL(s.URL("/")))
		perform(t, h)
	}
}
