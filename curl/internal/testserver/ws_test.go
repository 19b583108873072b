package testserver_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// Keys, answers and frames that are written out here are the examples of RFC 6455, sections 1.3 and 5.7.

// wsClient is the other side of a WebSocket: a connection on which the upgrade has been asked for.
type wsClient struct {
	net.Conn
	r      *bufio.Reader
	answer *http.Response
}

func upgrade(t *testing.T, c net.Conn, more string) wsClient {
	t.Helper()
	if err := c.SetDeadline(time.Now().Add(hangGuard)); err != nil {
		t.Fatal(err)
	}
	_, err := io.WriteString(c, "GET /chat?x=1 HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"+more+"\r\n")
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	answer, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return wsClient{c, r, answer}
}

func (c wsClient) send(t *testing.T, frames ...string) {
	t.Helper()
	if _, err := io.WriteString(c, strings.Join(frames, "")); err != nil {
		t.Fatal(err)
	}
}

// receives compares what comes with frames.
func (c wsClient) receives(t *testing.T, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if n, err := io.ReadFull(c.r, got); err != nil || string(got) != want {
		t.Fatalf("got %.60q, %v, want %.60q", got[:n], err, want)
	}
}

// ends waits for the end of the connection, before which nothing comes.
func (c wsClient) ends(t *testing.T) {
	t.Helper()
	if rest, err := io.ReadAll(c.r); len(rest) > 0 || err != nil {
		t.Errorf("%q, %v", rest, err)
	}
}

func TestWebSocketAgreesToTheUpgrade(t *testing.T) {
	testserver.CheckGoroutines(t)
	for _, secure := range []bool{false, true} {
		asked := make(chan *http.Request, 1)
		s := testserver.NewWebSocket(t, testserver.WebSocketConfig{TLS: secure, Subprotocol: "chat"}, func(c *testserver.WebSocketConn) {
			asked <- c.Request
		})
		scheme, nc := "ws://", net.Conn(nil)
		if secure {
			scheme = "wss://"
			var err error
			if nc, err = tls.Dial("tcp", s.Addr(), &tls.Config{RootCAs: s.Authority.Pool()}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { nc.Close() })
		} else {
			nc = dial(t, s.Addr())
		}
		if s.URL("/chat") != scheme+s.Addr()+"/chat" {
			t.Errorf("the URL is %s", s.URL("/chat"))
		}
		c := upgrade(t, nc, "Sec-WebSocket-Protocol: chat, superchat\r\n")
		h := c.answer.Header
		if c.answer.StatusCode != 101 || h.Get("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" ||
			h.Get("Upgrade") != "websocket" || h.Get("Connection") != "Upgrade" || h.Get("Sec-WebSocket-Protocol") != "chat" {
			t.Errorf("%s, %v", c.answer.Status, h)
		}
		if r := <-asked; r.URL.RequestURI() != "/chat?x=1" || r.Header.Get("Sec-WebSocket-Protocol") != "chat, superchat" {
			t.Errorf("serve sees %s, %v", r.URL, r.Header)
		}
		c.ends(t) // serve has returned
	}
}

func TestWebSocketRefusesTheUpgrade(t *testing.T) {
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{Status: 403}, func(*testserver.WebSocketConn) { t.Error("serve is called") })
	c := upgrade(t, dial(t, s.Addr()), "")
	if c.answer.StatusCode != 403 {
		t.Errorf("%s", c.answer.Status)
	}
	c.ends(t)
}

func TestWebSocketFramesAreWritten(t *testing.T) {
	long := strings.Repeat("x", 1<<16)
	for want, f := range map[string]testserver.WebSocketFrame{
		"\x81\x05Hello":                  {Fin: true, Op: testserver.OpText, Data: []byte("Hello")},
		"\x01\x03Hel":                    {Op: testserver.OpText, Data: []byte("Hel")},
		"\x80\x02lo":                     {Fin: true, Op: testserver.OpContinue, Data: []byte("lo")},
		"\x89\x05Hello":                  {Fin: true, Op: testserver.OpPing, Data: []byte("Hello")},
		"\x8a\x00":                       {Fin: true, Op: testserver.OpPong},
		"\x88\x02\x03\xe8":               {Fin: true, Op: testserver.OpClose, Data: []byte{3, 232}},
		"\x82\x7d" + long[:125]:          {Fin: true, Op: testserver.OpBinary, Data: []byte(long[:125])},
		"\x82~\x00\x7e" + long[:126]:     {Fin: true, Op: testserver.OpBinary, Data: []byte(long[:126])},
		"\x82~\x01\x00" + long[:256]:     {Fin: true, Op: testserver.OpBinary, Data: []byte(long[:256])},
		"\x82~\xff\xff" + long[:1<<16-1]: {Fin: true, Op: testserver.OpBinary, Data: []byte(long[:1<<16-1])},
		"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00" + long: {Fin: true, Op: testserver.OpBinary, Data: []byte(long)},
		"\x0f\x01x": {Op: 15, Data: []byte("x")}, // what no peer should send
	} {
		if got := testserver.AppendFrame([]byte("before"), f); string(got) != "before"+want {
			t.Errorf("%d bytes, op %d, fin %v: %.30q, want %.30q", len(f.Data), f.Op, f.Fin, got[6:], want)
		}
	}
}

// masked is a frame as a client sends it.
func masked(first byte, data string) string {
	mask := [4]byte{0x37, 0xfa, 0x21, 0x3d}
	b := []byte{first}
	switch n := len(data); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	b = append(b, mask[:]...)
	for i := range len(data) {
		b = append(b, data[i]^mask[i%4])
	}
	return string(b)
}

func TestWebSocketFramesAreRead(t *testing.T) {
	type read struct {
		f   testserver.WebSocketFrame
		err error
	}
	got := make(chan read, 100)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		for {
			f, err := c.ReadFrame()
			got <- read{f, err}
			if err != nil {
				return
			}
		}
	})
	pattern := string(testserver.PatternBytes(70_001))
	c := upgrade(t, dial(t, s.Addr()), "")
	c.send(t, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58")
	if r := <-got; !r.f.Fin || r.f.Op != testserver.OpText || string(r.f.Data) != "Hello" || r.err != nil {
		t.Errorf("%+v", r)
	}
	for _, n := range []int{0, 1, 125, 126, 127, 4095, 4096, 4097, 1<<16 - 1, 1 << 16, 70_001} {
		c.send(t, masked(0x02, pattern[:n]))
		if r := <-got; r.f.Fin || r.f.Op != testserver.OpBinary || !bytes.Equal(r.f.Data, []byte(pattern[:n])) || r.err != nil {
			t.Errorf("of %d bytes %d were read, %v", n, len(r.f.Data), r.err)
		}
	}
	for frame, why := range map[string]string{
		"\x81\x05Hello": "without a mask",
		"\x82\xff\x00\x00\x00\x00\x40\x00\x00\x01\x00\x00\x00\x00": "more than a GiB",
		"\x81\x85\x37\xfa\x21\x3d\x7f":                             "unexpected EOF",
		"\x81":                                                     "unexpected EOF",
		"":                                                         "EOF",
	} {
		c := upgrade(t, dial(t, s.Addr()), "")
		c.send(t, frame)
		if err := c.Conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if r := <-got; r.err == nil || !strings.Contains(r.err.Error(), why) {
			t.Errorf("%q: %v, want %s", frame, r.err, why)
		}
	}
}

func TestWebSocketEchoes(t *testing.T) {
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, (*testserver.WebSocketConn).Echo)
	c := upgrade(t, dial(t, s.Addr()), "")
	c.send(t, masked(0x81, "Hello"), masked(0x01, "Hel"), masked(0x80, "lo"))
	c.receives(t, "\x81\x05Hello\x01\x03Hel\x80\x02lo")
	c.send(t, masked(0x8a, "nothing to answer"), masked(0x89, "there?"))
	c.receives(t, "\x8a\x06there?")
	c.send(t, masked(0x88, "\x03\xe8bye"), masked(0x81, "too late"))
	c.receives(t, "\x88\x05\x03\xe8bye")
	c.Conn.(*net.TCPConn).CloseWrite()
	if rest, _ := io.ReadAll(c.r); len(rest) > 0 { // the end may be a reset, for what came too late
		t.Errorf("%q after the end", rest)
	}
	upgrade(t, dial(t, s.Addr()), "").Close() // the client goes without a word, and Close need not wait
}

func TestWebSocketCloseEndsConnections(t *testing.T) {
	testserver.CheckGoroutines(t)
	s, err := testserver.StartWebSocket(testserver.WebSocketConfig{}, (*testserver.WebSocketConn).Echo)
	if err != nil {
		t.Fatal(err)
	}
	c := upgrade(t, dial(t, s.Addr()), "")
	s.Close()
	c.ends(t)
	if _, err := net.Dial("tcp", s.Addr()); err == nil {
		t.Error("it still listens")
	}
}
