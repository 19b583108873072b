package protocols

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

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

func TestWebSocket(t *testing.T) {
	t.Parallel()
	if exec.Command(python, "-c", "import websockets").Run() != nil {
		leaveOut(t, "Python has no module websockets; bash .ci/peers installs it")
	}
	for _, scheme := range []string{"ws", "wss"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			id, port := newIdentity(t), freePorts(t, 1)[0]
			arguments := []string{write(t, openDir(t), "ws.py", pythonWebSocket), strconv.Itoa(port)}
			if scheme == "wss" {
				arguments = append(arguments, id.cert, id.key)
			}
			p := daemon(t, exec.Command(python, arguments...), port)
			s := socket{scheme, "Python websockets", fmt.Sprintf("%s://localhost:%d/", scheme, port),
				[]opt.Option{opt.CAInfo(id.ca), opt.UserPassword("user:secret")}}
			s.messages(t)
			s.fragments(t)
			s.pings(t)
			s.closedByPeer(t)
			s.subprotocol(t)
			s.wrongPassword(t)
			s.cancellation(t)
			s.serverGone(t, p.kill)
		})
	}
}

// websocketd (made with gorilla/websocket) runs a program for each connection.
func TestWebSocketd(t *testing.T) {
	t.Parallel()
	bin := need(t, "websocketd")
	for _, scheme := range []string{"ws", "wss"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			id, port := newIdentity(t), freePorts(t, 1)[0]
			arguments := []string{"--address=127.0.0.1", "--port=" + strconv.Itoa(port), "--loglevel=fatal"}
			if scheme == "wss" {
				arguments = append(arguments, "--ssl", "--sslcert="+id.cert, "--sslkey="+id.key)
			}
			p := daemon(t, exec.Command(bin[0], append(arguments, "cat")...), port)
			s := socket{scheme, "websocketd", fmt.Sprintf("%s://localhost:%d/", scheme, port), []opt.Option{opt.CAInfo(id.ca)}}
			s.messages(t)
			s.cancellation(t)
			s.serverGone(t, p.kill)
		})
	}
}

// socket is a server that sends text back as it came.
type socket struct {
	scheme, server, url string
	options             []opt.Option
}

func (s socket) try(t *testing.T, what string, trial func(t *testing.T, w *curl.WebSocket)) {
	try(t, s.scheme, s.server, what, func(t *testing.T) {
		w, err := curl.DialWebSocket(bounded(t), s.url, s.options...)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		trial(t, w)
	})
}

// answered sends a message and compares the answer.
func answered(t *testing.T, w *curl.WebSocket, said, want string) {
	t.Helper()
	ctx := bounded(t)
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

func (s socket) messages(t *testing.T) {
	s.try(t, "messages", func(t *testing.T, w *curl.WebSocket) {
		for _, n := range []int{1, 125, 126, 1000, 60_000} {
			// A line each, which is what websocketd makes messages of, without its end.
			text := strings.Repeat("é", n/2) + "x"
			if s.server == "websocketd" {
				answered(t, w, text, text)
			} else {
				answered(t, w, text+"\n", text+"\n")
			}
		}
		if err := w.Shutdown(bounded(t), curl.CloseNormal, "enough"); err != nil {
			t.Error(err)
		}
	})
}

func (s socket) fragments(t *testing.T) {
	s.try(t, "fragments", func(t *testing.T, w *curl.WebSocket) {
		answered(t, w, "in fragments", "in fragments")
		out, err := w.Writer(bounded(t), curl.TextMessage)
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
		if _, data, err := w.Read(bounded(t)); err != nil || string(data) != "one two three" {
			t.Errorf("%q, %v", data, err)
		}
	})
}

func (s socket) pings(t *testing.T) {
	s.try(t, "pings both ways", func(t *testing.T, w *curl.WebSocket) {
		answered(t, w, "ping me", "ping me")
		ctx := bounded(t)
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
	})
}

func (s socket) closedByPeer(t *testing.T) {
	s.try(t, "closed by the server", func(t *testing.T, w *curl.WebSocket) {
		if err := w.Write(bounded(t), curl.TextMessage, []byte("close me")); err != nil {
			t.Fatal(err)
		}
		var e *curl.CloseError
		if _, _, err := w.Read(bounded(t)); !errors.As(err, &e) || e.Code != 4321 || e.Reason != "as you like" {
			t.Error(err)
		}
	})
}

func (s socket) subprotocol(t *testing.T) {
	s.options = with(s.options, opt.HTTPHeader([]string{"Sec-WebSocket-Protocol: other, chat"}))
	s.try(t, "subprotocol", func(t *testing.T, w *curl.WebSocket) {
		if got := w.Subprotocol(); got != "chat" {
			t.Errorf("%q", got)
		}
	})
}

func (s socket) wrongPassword(t *testing.T) {
	try(t, s.scheme, s.server, "wrong password", func(t *testing.T) {
		_, err := curl.DialWebSocket(bounded(t), s.url, with(s.options, opt.UserPassword("user:wrong"))...)
		if !errors.Is(err, codes.HTTPReturnedError) || !strings.Contains(err.Error(), "401") {
			t.Error(err)
		}
	})
}

func (s socket) cancellation(t *testing.T) {
	s.try(t, "cancellation", func(t *testing.T, w *curl.WebSocket) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { _, _, err := w.Read(ctx); ended <- err }()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		answered(t, w, "still there", "still there")
	})
}

// serverGone comes last: there is no server after it.
func (s socket) serverGone(t *testing.T, kill func()) {
	s.try(t, "server gone half-way", func(t *testing.T, w *curl.WebSocket) {
		kill()
		_, _, err := w.Read(bounded(t))
		if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, codes.RecvError) {
			t.Error(err)
		}
	})
}
