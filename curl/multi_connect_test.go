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
	for name, err := range map[string]error{
		"Set": h.Set(opt.UserAgent("x")), "Reset": h.Reset(), "Perform": h.Perform(t.Context()), "Upkeep": h.Upkeep(), "Add": m.Add(h),
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
