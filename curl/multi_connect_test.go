package curl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiConnectOnlyMember sends and receives while it is a member; what would touch its connection is busy.
func TestMultiConnectOnlyMember(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	h := stateEasy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport))
	addAll(t, m, h)
	if messages := runAll(t, m); len(messages) != 1 || messages[0].Err != nil {
		t.Fatalf("messages %v", messages)
	}
	_, opened := h.Open(t.Context()) // went ahead, and left the handle in two of libcurl's multi handles
	for name, err := range map[string]error{
		"Open": opened,
		"Set":  h.Set(opt.UserAgent("x")), "Reset": h.Reset(), "Perform": h.Perform(t.Context()), "Upkeep": h.Upkeep(), "Add": m.Add(h),
	} {
		if !errors.Is(err, curl.ErrBusy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended := polled(t, m) // whoever drives it makes the calls
	if _, err := h.Send(t.Context(), []byte("GET / HTTP/1.0\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	got := ""
	for !strings.Contains(got, "hello\n") {
		p := make([]byte, 100)
		n, err := h.Recv(patient(t), p)
		if err != nil {
			t.Fatalf("after %q: %v", got, err)
		}
		got += string(p[:n])
	}
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	if err := m.Remove(h); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Recv(t.Context(), make([]byte, 1)); !errors.Is(err, curl.ErrNotConnected) {
		t.Errorf("after Remove: %v", err)
	}
	setAll(t, h, opt.ConnectOnly(opt.ConnectOnlyOff))
	perform(t, h)
}

// A connection that stays with a connect-only member is closed when the member is, which may tell its debug function: the
// lock that the function's call releases was not in the handle any more.
func TestMultiConnectedMemberClosesWithADebugFunction(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	lines := 0
	h := stateEasy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport), opt.Verbose(true),
		opt.DebugFunction(func(opt.DebugKind, []byte) { lines++ }))
	addAll(t, m, h)
	if messages := runAll(t, m); len(messages) != 1 || messages[0].Err != nil {
		t.Fatalf("messages %v", messages)
	}
	ended := polled(t, m) // so that whoever drives it closes the handle
	before := lines
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	awaited(t, "Done", h.Done())
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	if lines == before && before == 0 {
		t.Error("the debug function was never called")
	}
}
