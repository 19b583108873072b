//go:build linux

package protocols

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func webSocketRows() (rows []row) {
	for _, scheme := range []string{"ws", "wss"} {
		what := map[string]string{"ws": "WebSocket", "wss": "WebSocket over TLS"}[scheme]
		py := maker(func(t *testing.T) *site { return pythonSite(t, scheme) })
		d := maker(func(t *testing.T) *site { return websocketdSite(t, scheme) })
		rows = append(rows,
			row{what, []string{scheme}, "Python's websockets", []string{python, "/usr/lib/python3/dist-packages/websockets/__init__.py"}, false, []try{
				{"messages", func(t *testing.T) { py.messages(t, "\n") }}, {"fragments", py.fragments}, {"pings both ways", py.pings},
				{"closed by the server", py.closedByPeer}, {"subprotocol", py.subprotocol}, {"wrong password", py.wrongWebSocket},
				{"cancellation", py.cancelRead}, {"server gone half-way", py.webSocketGone},
			}},
			row{what, []string{scheme}, "websocketd", []string{"websocketd"}, false, []try{
				// A line each is what it makes messages of, without its end.
				{"messages", func(t *testing.T) { d.messages(t, "") }},
				{"cancellation", d.cancelRead}, {"server gone half-way", d.webSocketGone},
			}})
	}
	return rows
}

// What comes comes back; but to "ping me" the server answers when its own ping was answered, and to "close me" it closes.
const pythonWebSocket = `
import asyncio, ssl, sys, websockets
async def echo(ws, path):
    async for message in ws:
        if message == "ping me":
            await (await ws.ping(b"x" * 125))
        if message == "close me":
            await ws.close(4321, "as you like")
            return
        if message == "in fragments":
            message = ["in ", "frag", "", "ments"]
        await ws.send(message)
async def main():
    tls = None
    if len(sys.argv) > 2:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[2], sys.argv[3])
    auth = websockets.basic_auth_protocol_factory(realm="test", credentials=("user", "secret"))
    async with websockets.serve(echo, "127.0.0.1", int(sys.argv[1]), ssl=tls, create_protocol=auth,
                                subprotocols=["chat"], max_size=None):
        await asyncio.Future()
asyncio.run(main())
`

// pythonSite asks for a login.
func pythonSite(t *testing.T, scheme string) *site {
	p, port := newPeer(t), freePort(t)
	arguments, options := []string{"-c", pythonWebSocket, fmt.Sprint(port)}, []opt.Option(nil)
	if scheme == "wss" {
		cert, key, trust := p.certificate()
		arguments, options = append(arguments, cert, key), []opt.Option{trust}
	}
	p.daemon(fmt.Sprintf("127.0.0.1:%d", port), python, arguments...)
	return &site{peer: p, options: append(options, opt.UserPassword(user+":"+password)), wrong: append(options, opt.UserPassword(user+":guess")),
		url: func(string) string { return fmt.Sprintf("%s://localhost:%d/", scheme, port) }}
}

// websocketdSite runs cat for each connection. It is made with gorilla/websocket.
func websocketdSite(t *testing.T, scheme string) *site {
	p, port := newPeer(t), freePort(t)
	arguments, options := []string{"--address=127.0.0.1", fmt.Sprintf("--port=%d", port), "--loglevel=fatal"}, []opt.Option(nil)
	if scheme == "wss" {
		cert, key, trust := p.certificate()
		arguments, options = append(arguments, "--ssl", "--sslcert="+cert, "--sslkey="+key), []opt.Option{trust}
	}
	p.daemon(fmt.Sprintf("127.0.0.1:%d", port), "websocketd", append(arguments, "cat")...)
	return &site{peer: p, options: options, url: func(string) string { return fmt.Sprintf("%s://localhost:%d/", scheme, port) }}
}

// dial connects, for as long as the test.
func (s *site) dial(options ...opt.Option) *curl.WebSocket {
	s.t.Helper()
	w, err := curl.DialWebSocket(patient(s.t), s.url(""), slices.Concat(s.options, options)...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { w.Close() })
	return w
}

// answered sends a message and compares the answer.
func answered(t *testing.T, w *curl.WebSocket, said, want string) {
	t.Helper()
	ctx := patient(t)
	sent := make(chan error, 1)
	go func() { sent <- w.Write(ctx, curl.TextMessage, []byte(said)) }()
	kind, data, err := w.Read(ctx)
	if err != nil || kind != curl.TextMessage || string(data) != want {
		t.Fatalf("%v %.40q, %d bytes, %v", kind, data, len(data), err)
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
}

func (m maker) messages(t *testing.T, end string) {
	w := m(t).dial()
	for _, n := range []int{1, 125, 126, 1000, 60_000} {
		text := strings.Repeat("é", n/2) + "x" + end
		answered(t, w, text, text)
	}
	if err := w.Shutdown(patient(t), curl.CloseNormal, "enough"); err != nil {
		t.Error(err)
	}
}

func (m maker) fragments(t *testing.T) {
	w := m(t).dial()
	answered(t, w, "in fragments", "in fragments")
	out, err := w.Writer(patient(t), curl.TextMessage)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"one ", "two ", "three"} {
		if _, err := io.WriteString(out, part); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if _, data, err := w.Read(patient(t)); err != nil || string(data) != "one two three" {
		t.Errorf("%q, %v", data, err)
	}
}

func (m maker) pings(t *testing.T) {
	w := m(t).dial()
	answered(t, w, "ping me", "ping me")
	ctx := patient(t)
	got := make(chan error, 1)
	go func() { _, _, err := w.Read(ctx); got <- err }()
	if err := w.Ping(ctx); err != nil {
		t.Error(err)
	}
	if err := w.Write(ctx, curl.BinaryMessage, []byte{0}); err != nil {
		t.Error(err)
	}
	if err := <-got; err != nil {
		t.Error(err)
	}
}

func (m maker) closedByPeer(t *testing.T) {
	w := m(t).dial()
	if err := w.Write(patient(t), curl.TextMessage, []byte("close me")); err != nil {
		t.Fatal(err)
	}
	var e *curl.CloseError
	if _, _, err := w.Read(patient(t)); !errors.As(err, &e) || e.Code != 4321 || e.Reason != "as you like" {
		t.Error(err)
	}
}

func (m maker) subprotocol(t *testing.T) {
	w := m(t).dial(opt.HTTPHeader([]string{"Sec-WebSocket-Protocol: other, chat"}))
	if got := w.Subprotocol(); got != "chat" {
		t.Errorf("%q", got)
	}
}

func (m maker) wrongWebSocket(t *testing.T) {
	s := m(t)
	_, err := curl.DialWebSocket(patient(t), s.url(""), s.wrong...)
	if !errors.Is(err, codes.HTTPReturnedError) || !strings.Contains(err.Error(), "401") {
		t.Error(err)
	}
}

func (m maker) cancelRead(t *testing.T) {
	w := m(t).dial()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { _, _, err := w.Read(ctx); ended <- err }()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	answered(t, w, "still there", "still there")
}

func (m maker) webSocketGone(t *testing.T) {
	s := m(t)
	w := s.dial()
	s.gone()
	_, _, err := w.Read(patient(t))
	if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, codes.RecvError) {
		t.Error(err)
	}
}
