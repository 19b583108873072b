package curl_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func closeFrame(data string) testserver.WebSocketFrame {
	return testserver.WebSocketFrame{Fin: true, Op: testserver.OpClose, Data: []byte(data)}
}

func TestPeerCloses(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for name, c := range map[string]struct {
		data   string
		answer string
		want   error
	}{
		"with a reason":  {"\x03\xe9later", "\x03\xe9later", &curl.CloseError{Code: curl.CloseGoingAway, Reason: "later"}},
		"with a code":    {"\x0f\xa0", "\x0f\xa0", &curl.CloseError{Code: 4000}},
		"without a code": {"", "", &curl.CloseError{Code: curl.CloseNoCode}},
		"half a code":    {"\x03", "\x03\xea", curl.ErrBadClose},
		"a wrong code":   {"\x03\xed", "\x03\xea", curl.ErrBadClose},
		"no UTF-8":       {"\x03\xe8\xff", "\x03\xea", curl.ErrBadClose},
	} {
		t.Run(name, func(t *testing.T) {
			answered := make(chan testserver.WebSocketFrame, 1)
			s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(conn *testserver.WebSocketConn) {
				conn.WriteFrames(text1(true, "last"), closeFrame(c.data))
				f, _ := conn.ReadFrame()
				answered <- f
			})
			w := socketTo(t, s)
			reads(t, w, curl.TextMessage, "last")
			for range 2 {
				_, _, err := w.Read(bounded(t))
				var got, want *curl.CloseError
				switch {
				case errors.As(c.want, &want):
					if !errors.As(err, &got) || *got != *want {
						t.Errorf("%v, want %v", err, want)
					}
				case !errors.Is(err, c.want):
					t.Errorf("%v, want %v", err, c.want)
				}
				if werr := w.Write(bounded(t), curl.TextMessage, nil); werr == nil || werr.Error() != err.Error() {
					t.Errorf("Write: %v, want %v", werr, err)
				}
			}
			if f := within(t, "the answer", answered); f.Op != testserver.OpClose || string(f.Data) != c.answer {
				t.Errorf("the answer is %+v, want %q", f, c.answer)
			}
			if err := w.Shutdown(bounded(t), curl.CloseNormal, ""); c.answer == c.data && err != nil {
				t.Errorf("Shutdown: %v", err)
			}
		})
	}
}

func TestPeerGoesWithoutClosing(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for _, last := range []string{"", "\x81\x05hel"} {
		s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) { io.WriteString(c, last) })
		w := socketTo(t, s)
		for range 2 {
			if _, _, err := w.Read(bounded(t)); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("after %q: %v", last, err)
			}
		}
	}
}

// What a peer must not send ends the connection.
func TestPeerBreaksTheProtocol(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for name, bytes := range map[string]string{
		"an opcode that is not there": "\x83\x01x",
		"a reserved bit":              "\xc1\x01x",
		"a mask":                      "\x81\x81\x00\x00\x00\x00x",
		"a long ping":                 "\x89\x7e\x00\x7e" + strings.Repeat("x", 126),
		"a fragment of nothing":       "\x80\x01x",
		"a message within a message":  "\x01\x01x\x81\x01y",
		"a size beyond all":           "\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
	} {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
				io.WriteString(c, bytes)
				c.ReadFrame()
			})
			w := socketTo(t, s)
			_, data, err := w.Read(bounded(t))
			if err == nil {
				t.Errorf("Read returns %q", data)
			}
			if _, _, again := w.Read(bounded(t)); again == nil || again.Error() != err.Error() {
				t.Errorf("then %v, after %v", again, err)
			}
		})
	}
}

// Shutdown while another goroutine reads, and while two do it.
func TestShutdownBesideRead(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	said := make(chan string, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		f, _ := c.ReadFrame()
		said <- string(f.Data)
		c.WriteFrames(text1(true, "one more"), f)
	})
	w := socketTo(t, s)
	got := make(chan error, 1)
	go func() {
		var err error
		for err == nil {
			_, _, err = w.Read(bounded(t))
		}
		got <- err
	}()
	ended := make(chan error, 2)
	for range 2 {
		go func() { ended <- w.Shutdown(bounded(t), curl.CloseNormal, "enough") }()
	}
	for range 2 {
		if err := within(t, "the end of Shutdown", ended); err != nil && !errors.Is(err, curl.ErrClosed) {
			t.Error(err)
		}
	}
	var e *curl.CloseError
	if err := within(t, "the end of Read", got); !errors.As(err, &e) && !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
	if s := within(t, "the close frame", said); s != "\x03\xe8enough" {
		t.Errorf("%q", s)
	}
}

// What comes while Shutdown waits is not lost to a goroutine that reads in a loop, and was between two Reads.
func TestShutdownKeepsMessages(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		f, _ := c.ReadFrame()
		c.WriteFrames(text1(true, "one"), text1(false, "tw"), more(true, "o"), text1(true, "too much for the limit"), f)
	})
	w := socketTo(t, s)
	w.SetReadLimit(25)
	if err := w.Shutdown(bounded(t), curl.CloseNormal, ""); err != nil {
		t.Error(err)
	}
	reads(t, w, curl.TextMessage, "one")
	if _, r, err := w.Reader(bounded(t)); err != nil {
		t.Error(err)
	} else if two, err := io.ReadAll(r); string(two) != "two" || err != nil {
		t.Errorf("%q, %v", two, err)
	}
	var e *curl.CloseError
	if _, _, err := w.Read(bounded(t)); !errors.As(err, &e) {
		t.Error(err)
	}
}

func TestShutdownOfASilentPeer(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) { io.Copy(io.Discard, c) })
	w := socketTo(t, s)
	if err := w.Shutdown(bounded(t), curl.CloseNoCode, ""); !errors.Is(err, curl.ErrBadClose) {
		t.Errorf("a code that is never sent: %v", err)
	}
	if err := w.Shutdown(bounded(t), curl.CloseNormal, strings.Repeat("x", 124)); !errors.Is(err, curl.ErrBadClose) {
		t.Errorf("a long reason: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	if err := w.Shutdown(ctx, curl.CloseNormal, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if err := w.Write(t.Context(), curl.TextMessage, nil); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

// Close, and everything that ends the handle, ends those who wait.
func TestCloseEndsReadAndWrite(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		testserver.NewGate().Pass(t.Context()) // reads nothing
	})
	w := socketTo(t, s, narrow)
	ended := make(chan error, 3)
	began := make(chan struct{})
	go func() { _, _, err := w.Read(bounded(t)); ended <- err }()
	go func() { ended <- w.Ping(bounded(t)) }()
	go func() {
		close(began)
		ended <- w.Write(bounded(t), curl.BinaryMessage, make([]byte, 1<<20))
	}()
	<-began
	for range 100 {
		runtime.Gosched()
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	for range 3 {
		if err := within(t, "the end", ended); !errors.Is(err, curl.ErrClosed) {
			t.Error(err)
		}
	}
}

func TestWriteCutByItsContext(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	begun := make(chan struct{})
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.ReadFrame()
		c.WriteFrames(text1(true, "still here"))
		c.Reader.Peek(1)
		close(begun)
		testserver.NewGate().Pass(t.Context())
	})
	w := socketTo(t, s, narrow)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Write(ctx, curl.TextMessage, []byte("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	writes(t, w, curl.TextMessage, "nothing of the one before was sent")
	ctx, cancel = context.WithCancel(t.Context())
	go func() { <-begun; cancel() }()
	if err := w.Write(ctx, curl.BinaryMessage, make([]byte, 1<<20)); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := w.Write(bounded(t), curl.TextMessage, nil); !errors.Is(err, curl.ErrCut) || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	reads(t, w, curl.TextMessage, "still here")
}

// Pings are answered while a message that the peer does not read yet is half sent, after that, and without a Write.
func TestPingsBesideAHalfSentMessage(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	gate := testserver.NewGate()
	got := make(chan []testserver.WebSocketFrame, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.Reader.Peek(1) // of the message
		c.WriteFrames(ping("1"), ping("2"), text1(true, "pinged"))
		if gate.Pass(t.Context()) != nil {
			return
		}
		var list []testserver.WebSocketFrame
		for {
			f, err := c.ReadFrame()
			if err != nil || f.Op == testserver.OpClose {
				break
			}
			if len(f.Data) > 10 {
				f.Data = f.Data[:10]
			}
			if list = append(list, f); f.Op == testserver.OpPong && string(f.Data) == "2" {
				c.WriteFrames(ping("3"))
			} else if f.Op == testserver.OpPong && string(f.Data) == "3" {
				break
			}
		}
		got <- list
		c.Echo()
	})
	w := socketTo(t, s, narrow)
	written := make(chan error, 1)
	go func() { written <- w.Write(bounded(t), curl.BinaryMessage, make([]byte, 1<<20)) }()
	reads(t, w, curl.TextMessage, "pinged")
	gate.Open()
	read := make(chan error, 1)
	go func() { _, _, err := w.Read(bounded(t)); read <- err }()
	if err := within(t, "the end of Write", written); err != nil {
		t.Error(err)
	}
	var ops []byte
	for _, f := range within(t, "the frames", got) {
		ops = append(ops, f.Op)
	}
	// The first two pings are answered after the message, the second maybe alone.
	if got := string(ops); got != "\x02\x0a\x0a" && got != "\x02\x0a\x0a\x0a" {
		t.Errorf("the frames are %v", ops)
	}
	writes(t, w, curl.TextMessage, "the end")
	if err := within(t, "the end of Read", read); err != nil {
		t.Error(err)
	}
}

// A debug function that panics does so in the goroutine that reads, and leaves the rest possible.
func TestWebSocketWithPanickingDebugFunction(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	heard := make(chan string, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		io.WriteString(c, "\x83\x01x") // of which libcurl has something to say
		f, _ := c.ReadFrame()
		heard <- string(f.Data)
	})
	armed := false
	var w *curl.WebSocket
	w = socketTo(t, s, opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {
		if !armed {
			return
		}
		armed = false
		if err := w.Write(context.Background(), curl.TextMessage, nil); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Write inside: %v", err)
		}
		if _, _, err := w.Read(context.Background()); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Read inside: %v", err)
		}
		if err := w.Shutdown(context.Background(), curl.CloseNormal, ""); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Shutdown inside: %v", err)
		}
		panic("in the debug function")
	}))
	armed = true
	func() {
		defer func() {
			if p, ok := recover().(*curl.CallbackPanic); !ok || p.Value != "in the debug function" {
				t.Errorf("%v", p)
			}
		}()
		w.Read(bounded(t))
	}()
	writes(t, w, curl.TextMessage, "all is well")
	if got := within(t, "the message", heard); got != "all is well" {
		t.Errorf("%q", got)
	}
}

// One that ends its goroutine costs the connection, and nobody hangs.
func TestGoexitInDebugFunctionOfWebSocket(t *testing.T) {
	leaky(t)
	if !framing(t) {
		return
	}
	gate := testserver.NewGate()
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		if gate.Pass(t.Context()) == nil {
			io.WriteString(c, "\x83\x01x")
			c.ReadFrame()
		}
	})
	armed := false
	w := socketTo(t, s, opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {
		if armed {
			runtime.Goexit()
		}
	}))
	armed = true
	gone := make(chan struct{})
	waits := make(chan error, 1)
	go func() {
		defer close(gone)
		w.Read(bounded(t))
	}()
	go func() { waits <- w.Ping(bounded(t)) }()
	gate.Open()
	within(t, "the end of the goroutine", gone)
	w.Write(bounded(t), curl.TextMessage, nil)
	if _, _, err := w.Read(bounded(t)); !errors.Is(err, curl.ErrAbandoned) {
		t.Error(err)
	}
	if err := within(t, "the end of Ping", waits); !errors.Is(err, curl.ErrAbandoned) {
		t.Error(err)
	}
	w.Close()
}

// TestShutdownKeepsNoEndOfMessages: a peer that sent empty ones without an end was kept all of them.
func TestShutdownKeepsNoEndOfMessages(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		f, _ := c.ReadFrame()
		for range 2000 {
			c.WriteFrames(text1(true, ""))
		}
		c.WriteFrames(f)
	})
	w := socketTo(t, s)
	if err := w.Shutdown(bounded(t), curl.CloseNormal, ""); err != nil {
		t.Error(err)
	}
	n := 0
	for {
		if _, _, err := w.Read(bounded(t)); err != nil {
			break
		}
		n++
	}
	if n != 1000 {
		t.Errorf("%d messages", n)
	}
}

// A Writer that is never closed used to keep the Writes after Close waiting for their turn.
func TestWriteAfterCloseBesideAWriter(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	w := socketTo(t, echoingWS(t, testserver.WebSocketConfig{}))
	if _, err := w.Writer(bounded(t), curl.TextMessage); err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error, 1)
	go func() { waiting <- w.Write(t.Context(), curl.TextMessage, nil) }()
	w.Close()
	if err := within(t, "the Write that waits", waiting); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
	if _, err := w.Writer(t.Context(), curl.TextMessage); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

// Those who waited for an answer, or behind a Writer that nobody closes, were left waiting when the handle gave up the connection by
// a Reset or another Perform: only the end of the handle was seen.
func TestWebSocketWaitsEndWhenTheHandleGivesUpTheConnection(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, give := range map[string]func(h *curl.Easy) error{
		"Reset": (*curl.Easy).Reset,
		"Perform": func(h *curl.Easy) error {
			return errors.Join(h.Set(opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyOff)), h.Perform(bounded(t)))
		},
		"Multi.Add": func(h *curl.Easy) error { return newMulti(t).Add(h) },
	} {
		t.Run(name, func(t *testing.T) {
			pinged := make(chan struct{})
			w := socketTo(t, testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
				for { // pings are not answered
					if _, err := c.ReadFrame(); err != nil {
						return
					}
					close(pinged)
				}
			}))
			if _, err := w.Writer(bounded(t), curl.TextMessage); err != nil {
				t.Fatal(err)
			}
			calls := map[string]func() error{
				"Write":  func() error { return w.Write(t.Context(), curl.TextMessage, nil) },
				"Writer": func() error { _, err := w.Writer(t.Context(), curl.TextMessage); return err },
				"Ping":   func() error { return w.Ping(t.Context()) },
			}
			waiting := map[string]chan error{}
			for call, f := range calls {
				end := make(chan error, 1)
				waiting[call] = end
				go func() { end <- f() }()
			}
			within(t, "the ping", pinged)
			if err := give(w.Easy()); err != nil {
				t.Fatal(err)
			}
			for call, f := range calls {
				var refused *curl.StateError
				if err := within(t, "the "+call+" that waits", waiting[call]); !errors.Is(err, curl.ErrNotConnected) || !errors.As(err, &refused) || refused.Op != call {
					t.Errorf("the %s that waits: %v", call, err)
				}
				if err := f(); !errors.Is(err, curl.ErrNotConnected) {
					t.Errorf("another %s: %v", call, err)
				}
			}
		})
	}
}
