package curl

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What one WebSocket owes its peer is not sent to the peer of another that the handle has become meanwhile: between the
// reading of a ping or a close frame and the answer, somebody may have performed again.
func TestALateAnswerStaysFromTheNextWebSocket(t *testing.T) {
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, (*testserver.WebSocketConn).Echo)
	e := lifecycleEasy(t, opt.URL(s.URL("/")))
	one, err := e.WebSocket(t.Context())
	if errors.Is(err, ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	two, err := e.WebSocket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	one.owe(control{opt.FrameClose, "\x03\xe8"})
	if !errors.Is(one.cut, ErrNotConnected) {
		t.Errorf("the answer has come to %v", one.cut)
	}
	if err := two.Write(t.Context(), TextMessage, []byte("to two")); err != nil {
		t.Fatal(err)
	}
	if _, data, err := two.Read(t.Context()); err != nil || string(data) != "to two" {
		t.Errorf("read %q: %v", data, err)
	}
}
