package curl_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// socketTo is a WebSocket that is closed when the test ends.
func socketTo(t *testing.T, s *testserver.WebSocket, options ...opt.Option) *curl.WebSocket {
	t.Helper()
	if s.Authority != nil {
		options = append(options, opt.CAInfo(caFile(t, s.Authority.PEM())))
	}
	w, err := curl.DialWebSocket(bounded(t), s.URL("/"), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func reads(t *testing.T, w *curl.WebSocket, kind curl.MessageKind, want string) {
	t.Helper()
	got, data, err := w.Read(bounded(t))
	if err != nil || got != kind || string(data) != want {
		t.Fatalf("%v %.50q (%d bytes), %v; want %v %.50q", got, data, len(data), err, kind, want)
	}
}

func writes(t *testing.T, w *curl.WebSocket, kind curl.MessageKind, data string) {
	t.Helper()
	if err := w.Write(bounded(t), kind, []byte(data)); err != nil {
		t.Fatal(err)
	}
}

func text1(fin bool, data string) testserver.WebSocketFrame {
	return testserver.WebSocketFrame{Fin: fin, Op: testserver.OpText, Data: []byte(data)}
}

func more(fin bool, data string) testserver.WebSocketFrame {
	return testserver.WebSocketFrame{Fin: fin, Op: testserver.OpContinue, Data: []byte(data)}
}

func ping(data string) testserver.WebSocketFrame {
	return testserver.WebSocketFrame{Fin: true, Op: testserver.OpPing, Data: []byte(data)}
}

func TestMessagesThereAndBack(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for _, secure := range []bool{false, true} {
		w := socketTo(t, echoingWS(t, testserver.WebSocketConfig{TLS: secure, Subprotocol: "chat"}),
			opt.HTTPHeader([]string{"Sec-WebSocket-Protocol: chat"}))
		for _, data := range []string{"", "x", "hello, wörld", strings.Repeat("y", 125), strings.Repeat("y", 126), strings.Repeat("z", 70_000), strings.Repeat("a", 500_000)} {
			go w.Write(bounded(t), curl.TextMessage, []byte(data))
			reads(t, w, curl.TextMessage, data)
		}
		writes(t, w, curl.BinaryMessage, "\xff\x00")
		reads(t, w, curl.BinaryMessage, "\xff\x00")
		if got := w.Subprotocol(); got != "chat" {
			t.Errorf("the subprotocol is %q", got)
		}
		if status := infoOf(t, w.Easy(), info.ResponseCode); status != 101 {
			t.Errorf("status %d", status)
		}
		if err := w.Shutdown(bounded(t), curl.CloseNormal, "done"); err != nil {
			t.Error(err)
		}
		var e *curl.CloseError
		if _, _, err := w.Read(t.Context()); !errors.As(err, &e) || e.Reason != "done" {
			t.Errorf("Read after Shutdown: %v", err)
		}
	}
}

func TestMessageInFragments(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	pongs := make(chan string, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.WriteFrames(text1(false, "one "), more(false, ""), ping("are you there?"), more(false, "two "), more(true, "three"), text1(true, ""))
		f, _ := c.ReadFrame()
		pongs <- string(f.Data)
		c.Echo()
	})
	w := socketTo(t, s)
	reads(t, w, curl.TextMessage, "one two three")
	reads(t, w, curl.TextMessage, "")
	if got := within(t, "the pong", pongs); got != "are you there?" {
		t.Errorf("the pong is %q", got)
	}

	out, err := w.Writer(bounded(t), curl.BinaryMessage)
	if err != nil {
		t.Fatal(err)
	}
	want := testserver.PatternBytes(100_000)
	if n, err := io.Copy(out, struct{ io.Reader }{bytes.NewReader(want)}); n != int64(len(want)) || err != nil {
		t.Fatal(n, err)
	}
	for range 2 {
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := out.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Write after Close: %v", err)
	}
	reads(t, w, curl.BinaryMessage, string(want))
}

func TestMessageReader(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	big := string(testserver.PatternBytes(1_000_000))
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.WriteFrames(text1(false, big), ping("p"), more(true, big), text1(true, "given up"+big), text1(true, ""), text1(true, "last"))
		c.Echo()
	})
	w := socketTo(t, s)
	w.SetReadLimit(100) // does not count for a Reader
	reader := func() io.Reader {
		kind, r, err := w.Reader(bounded(t))
		if err != nil || kind != curl.TextMessage {
			t.Fatal(kind, err)
		}
		return r
	}
	if got, err := io.ReadAll(reader()); err != nil || string(got) != big+big {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	old := reader()
	begun := make([]byte, 8)
	if _, err := io.ReadFull(old, begun); err != nil || string(begun) != "given up" {
		t.Fatalf("%q, %v", begun, err)
	}
	if got, err := io.ReadAll(reader()); err != nil || len(got) != 0 {
		t.Fatalf("%q, %v", got, err)
	}
	if n, err := old.Read(begun); n != 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a Reader that was given up reads %d, %v", n, err)
	}
	reads(t, w, curl.TextMessage, "last")
}

// A Read that its context ends in the middle of a message loses nothing.
func TestReadGoesOnAfterItsContextHasEnded(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	gate := testserver.NewGate()
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		half := testserver.AppendFrame(nil, more(true, "second half"))
		c.WriteFrames(text1(false, "first, "))
		c.Write(half[:5])
		if gate.Pass(context.Background()) == nil {
			c.Write(half[5:])
		}
		c.Echo()
	})
	w := socketTo(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, _, err := w.Read(ctx)
		ended <- err
	}()
	cancel()
	if err := within(t, "the end of Read", ended); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	gate.Open()
	reads(t, w, curl.TextMessage, "first, second half")
}

func TestPing(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	w := socketTo(t, echoingWS(t, testserver.WebSocketConfig{}))
	read := make(chan error, 1)
	go func() {
		_, _, err := w.Read(bounded(t))
		read <- err
	}()
	if err := w.Ping(bounded(t)); err != nil {
		t.Error(err)
	}
	writes(t, w, curl.TextMessage, "end of Read")
	if err := within(t, "the end of Read", read); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	w.Close()
	if err := w.Ping(bounded(t)); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestMessageBeyondTheLimit(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for name, frames := range map[string][]testserver.WebSocketFrame{
		"one frame": {text1(true, strings.Repeat("x", 101))},
		"several":   {text1(false, strings.Repeat("x", 60)), more(true, strings.Repeat("x", 41))},
	} {
		t.Run(name, func(t *testing.T) {
			told := make(chan testserver.WebSocketFrame, 1)
			s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
				c.WriteFrames(text1(true, strings.Repeat("y", 100)))
				c.WriteFrames(frames...)
				f, _ := c.ReadFrame()
				told <- f
			})
			w := socketTo(t, s)
			w.SetReadLimit(100)
			reads(t, w, curl.TextMessage, strings.Repeat("y", 100))
			for range 2 {
				if _, _, err := w.Read(bounded(t)); !errors.Is(err, curl.ErrMessageTooBig) {
					t.Error(err)
				}
			}
			if f := within(t, "the close frame", told); f.Op != testserver.OpClose || string(f.Data) != "\x03\xf1" {
				t.Errorf("%+v", f)
			}
			if err := w.Write(bounded(t), curl.TextMessage, nil); !errors.Is(err, curl.ErrMessageTooBig) {
				t.Errorf("Write: %v", err)
			}
		})
	}
}

func TestTextMustBeUTF8(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.WriteFrames(text1(false, "\xc3"), more(true, "\xa4"), text1(true, "\xc3"))
		c.ReadFrame()
	})
	w := socketTo(t, s)
	reads(t, w, curl.TextMessage, "ä")
	if _, _, err := w.Read(bounded(t)); !errors.Is(err, curl.ErrNotUTF8) {
		t.Error(err)
	}
	if err := w.Write(bounded(t), 8, nil); !errors.Is(err, curl.ErrMessageKind) {
		t.Errorf("a message of another kind: %v", err)
	}
	if _, err := w.Writer(bounded(t), 0); !errors.Is(err, curl.ErrMessageKind) {
		t.Errorf("a message of no kind: %v", err)
	}
	if err := w.Write(bounded(t), curl.TextMessage, []byte("\xff")); !errors.Is(err, curl.ErrNotUTF8) {
		t.Error(err)
	}
}

func TestDialWebSocketReportsWhy(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := echoingWS(t, testserver.WebSocketConfig{Status: 404})
	if _, err := curl.DialWebSocket(bounded(t), s.URL("/")); !errors.Is(err, codes.HTTPReturnedError) || !strings.Contains(err.Error(), "404") {
		t.Error(err)
	}
	if _, err := curl.DialWebSocket(bounded(t), "ws://"+refusing(t)); !errors.Is(err, codes.CouldntConnect) {
		t.Error(err)
	}
	if _, err := curl.DialWebSocket(bounded(t), "wss://"+echoingWS(t, testserver.WebSocketConfig{TLS: true}).Addr()); !isOneOf(err, unknownIssuer(t)...) {
		t.Error(err)
	}
	var zero curl.Easy
	if _, err := zero.WebSocket(bounded(t)); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

// TestWebSocketIsOfTheTransferThatMadeIt: what was written to it after the next one was made arrived there.
func TestWebSocketIsOfTheTransferThatMadeIt(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := echoingWS(t, testserver.WebSocketConfig{})
	h := handleWith(t, opt.URL(s.URL("/")), opt.NoProxy("*"))
	one, err := h.WebSocket(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.WebSocket(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Write(bounded(t), curl.TextMessage, []byte("for one")); !errors.Is(err, curl.ErrNotConnected) {
		t.Errorf("Write: %v", err)
	}
	if _, _, err := one.Read(bounded(t)); !errors.Is(err, curl.ErrNotConnected) {
		t.Errorf("Read: %v", err)
	}
	writes(t, two, curl.TextMessage, "for two")
	reads(t, two, curl.TextMessage, "for two")
}
