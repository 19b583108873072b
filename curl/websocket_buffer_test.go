package curl

import (
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// The buffer of a WebSocket grew again with every part that was as long as the first buffer, by 60 KiB each time.
func TestReceiveBufferGrowsOnce(t *testing.T) {
	t.Parallel()
	const parts = 20
	send := make(chan bool, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.Write(binary.BigEndian.AppendUint64([]byte{0x82, 0x7f}, parts*firstBuffer))
		for range send {
			c.Write(make([]byte, firstBuffer))
		}
	})
	defer close(send)
	w, err := DialWebSocket(t.Context(), s.URL("/"))
	if errors.Is(err, ErrNoCgo) || errors.Is(err, ErrUnsupported) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	send <- true
	_, r, err := w.Reader(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	part := make([]byte, firstBuffer)
	for i := range parts {
		if i > 0 {
			send <- true // when libcurl has nothing left: parts are of one length
		}
		if _, err := io.ReadFull(r, part); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(w.in.buf); n > fullBuffer {
		t.Errorf("%d bytes", n)
	}
}
