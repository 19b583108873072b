package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// overMember is a member whose transfer is over.
func overMember(t *testing.T, s *testserver.HTTP, m *curl.Multi) *curl.Easy {
	t.Helper()
	h := memberEasy(t, m, opt.URL(s.URL("/")))
	for _, msg := range runAll(t, m) {
		if msg.Err != nil {
			t.Error(msg.Err)
		}
	}
	return h
}

func sceneDone(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	do(h)
	return leave(t, s, "", h)
}

func sceneDoneForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	inCallback(t, s, func() { do(h) })
	return leave(t, s, "", h)
}

func sceneDoneSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := overMember(t, s, m)
	flying(t, s, m, func(*curl.Easy) { do(h) })
	return leave(t, s, t.Name(), h)
}

func sceneDoneEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	var h *curl.Easy
	m, play := inEvent(t, s, func(*curl.Multi) { do(h) })
	h = overMember(t, s, m)
	play()
	return leave(t, s, t.Name(), h)
}

func sceneDoneSet(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	duringSet(t, h, func() { do(h) })
	return leave(t, s, "", h)
}

func sceneClosedSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return sceneFlyingSibling(t, s, func(h *curl.Easy) { h.Close(); do(h) })
}

func sceneClosedEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return sceneDoneEvent(t, s, func(h *curl.Easy) { h.Close(); do(h) })
}

func sceneMemberClosed(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	h.Close()
	do(h)
	return h, nil
}
