package curl_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

const fuzzLimit = 1 << 10

// FuzzWebSocket has a peer send any bytes for frames, in two pieces, and compares what a WebSocket makes of them with what
// RFC 6455 does: the same messages, then an error, which is the peer's own code where that has closed properly.
func FuzzWebSocket(f *testing.F) {
	for _, seed := range []string{
		"",
		"\x81\x05hello\x88\x02\x03\xe8",
		"\x82\x00\x81\x00\x88\x00",
		"\x01\x03one\x89\x04ping\x00\x00\x80\x03two\x8a\x01x\x82\x01y\x88\x05\x0f\xa0bye",
		"\x81\x7e\x00\x7e" + strings.Repeat("x", 126) + "\x82\x7f\x00\x00\x00\x00\x00\x00\x00\x02ab",
		"\x01\x01\xc3\x80\x01\xa4\x81\x01\xff",
		"\x81\x7e\x04\x01" + strings.Repeat("x", 1025),
		"\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xffx",
		"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xffx",
		"\x01\x01a\x01\x01b",
		"\x80\x01a",
		"\x09\x01a\x81\x01b",
		"\x89\x7e\x00\x7e" + strings.Repeat("x", 126),
		"\x88\x01\x03",
		"\x88\x03\x03\xe8\xff",
		"\x88\x02\x03\xe8\x81\x01x",
		"\x81\x81\x00\x00\x00\x00x",
		"\xc1\x01x",
		"\x83\x01x",
		"\x81\x05hel",
		"\x89\x00\x89\x00\x89\x00\x8a\x00\x81\x01x",
	} {
		f.Add([]byte(seed), uint16(len(seed)/2))
	}
	sent := make(chan [2][]byte, 1)
	s, err := testserver.StartWebSocket(testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		for _, piece := range <-sent {
			c.Write(piece)
		}
		c.Conn.(*net.TCPConn).CloseWrite()
		io.Copy(io.Discard, c)
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	f.Fuzz(func(t *testing.T, frames []byte, cut uint16) {
		if !framing(t) {
			return
		}
		w := socketTo(t, s)
		w.SetReadLimit(fuzzLimit)
		at := min(int(cut), len(frames))
		sent <- [2][]byte{frames[:at], frames[at:]}
		want, code := understand(frames)
		var got []string
		for {
			kind, data, err := w.Read(bounded(t))
			if err == nil {
				got = append(got, fmt.Sprint(kind, " ", string(data)))
				continue
			}
			var closed *curl.CloseError
			if errors.As(err, &closed) != (code != 0) || closed != nil && closed.Code != code {
				t.Errorf("%q ends with %v, want code %v", frames, err, code)
			}
			break
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", frames, got, want)
		}
		w.Close()
	})
}

// understand is what RFC 6455 makes of what a server sends: messages up to the limit, until the first that is wrong, or the
// end. code is that of a proper close frame, else 0.
func understand(b []byte) (messages []string, code curl.CloseCode) {
	var kind curl.MessageKind
	var data []byte
	for {
		f, rest, ok := cutFrame(b)
		if !ok {
			return messages, 0
		}
		b = rest
		switch f.Op {
		case testserver.OpPing, testserver.OpPong:
			continue
		case testserver.OpClose:
			if len(f.Data) == 0 {
				return messages, curl.CloseNoCode
			}
			if len(f.Data) == 1 || !utf8.Valid(f.Data[2:]) {
				return messages, 0
			}
			c := binary.BigEndian.Uint16(f.Data)
			if c >= 3000 && c < 5000 || c >= 1000 && c < 1015 && c != 1004 && c != 1005 && c != 1006 {
				return messages, curl.CloseCode(c)
			}
			return messages, 0
		case testserver.OpText, testserver.OpBinary:
			if kind != 0 {
				return messages, 0
			}
			kind = curl.MessageKind(f.Op)
		default:
			if kind == 0 {
				return messages, 0
			}
		}
		if data = append(data, f.Data...); len(data) > fuzzLimit {
			return messages, 0
		}
		if !f.Fin {
			continue
		}
		if kind == curl.TextMessage && !utf8.Valid(data) {
			return messages, 0
		}
		messages = append(messages, fmt.Sprint(kind, " ", string(data)))
		kind, data = 0, nil
	}
}

// cutFrame takes a frame of a server's off b, unless there is none that is whole and allowed.
func cutFrame(b []byte) (f testserver.WebSocketFrame, rest []byte, ok bool) {
	if len(b) < 2 {
		return f, nil, false
	}
	f.Fin, f.Op = b[0]&0x80 != 0, b[0]&0x0f
	n, b0 := uint64(b[1]), b[0]
	control := f.Op >= testserver.OpClose
	switch b = b[2:]; {
	case b0&0x70 != 0, f.Op > 2 && f.Op < 8, f.Op > 10, control && (!f.Fin || n > 125), n > 127: // a mask
		return f, nil, false
	case n == 126 && len(b) >= 2:
		n, b = uint64(binary.BigEndian.Uint16(b)), b[2:]
	case n == 127 && len(b) >= 8:
		n, b = binary.BigEndian.Uint64(b), b[8:]
	case n >= 126:
		return f, nil, false
	}
	if uint64(len(b)) < n {
		return f, nil, false
	}
	f.Data = b[:n]
	return f, b[n:], true
}
