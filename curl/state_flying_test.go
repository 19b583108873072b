package curl_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// flying makes a member that has its first byte and waits for the gate; first is called in the write function for it.
func flying(t *testing.T, s *testserver.HTTP, m *curl.Multi, first func(h *curl.Easy)) *curl.Easy {
	t.Helper()
	got := false
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/slow?gate="+url.QueryEscape(t.Name()))), opt.WriteFunction(func([]byte) error {
		if !got && first != nil {
			first(h)
		}
		got = true
		return nil
	}))
	join(t, m, h)
	for end := time.Now().Add(20 * time.Second); !got; {
		if step(t, m); !got {
			rest(t, m)
		}
		if time.Now().After(end) {
			t.Fatal("the first byte does not come")
		}
	}
	return h
}

func sceneFlying(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), nil)
	do(h)
	return leave(t, s, t.Name(), h)
}

func sceneFlyingPolled(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := flying(t, s, m, nil)
	ended := polled(t, m)
	do(h)
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	return leave(t, s, t.Name(), h)
}

func sceneFlyingForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), nil)
	inCallback(t, s, func() { do(h) })
	return leave(t, s, t.Name(), h)
}

func sceneFlyingSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := flying(t, s, m, nil)
	flying(t, s, m, func(*curl.Easy) { do(h) })
	return leave(t, s, t.Name(), h)
}

// inEvent calls f once in the socket function of the multi, which is called for a transfer of its own.
func inEvent(t *testing.T, s *testserver.HTTP, f func(m *curl.Multi)) (*curl.Multi, func()) {
	t.Helper()
	var m *curl.Multi
	armed := false
	m = newMulti(t, multiopt.SocketFunction(func(multiopt.Socket) error {
		if armed {
			armed = false
			f(m)
		}
		return nil
	}))
	return m, func() {
		armed = true
		memberEasy(t, m, opt.URL(s.URL("/slow?gate="+url.QueryEscape(t.Name()))), opt.FreshConnect(true))
		for end := time.Now().Add(5 * time.Second); armed; {
			if _, err := m.SocketAll(); err != nil { // Perform does not call it on every libcurl
				t.Fatal(err)
			}
			if armed {
				rest(t, m)
			}
			if time.Now().After(end) {
				t.Fatal("the socket function is not called")
			}
		}
	}
}

func sceneFlyingEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	var h *curl.Easy
	m, play := inEvent(t, s, func(*curl.Multi) { do(h) })
	h = flying(t, s, m, nil)
	play()
	return leave(t, s, t.Name(), h)
}

func sceneFlyingOwn(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), do)
	return leave(t, s, t.Name(), h)
}
