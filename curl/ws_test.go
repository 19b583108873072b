package curl_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestFramesThereAndBack(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for _, secure := range []bool{false, true} {
		h := upgraded(t, echoingWS(t, testserver.WebSocketConfig{TLS: secure}))
		for _, want := range []struct {
			data  string
			flags opt.FrameFlags
		}{
			{"hello", opt.FrameText},
			{"", opt.FrameText},
			{"\x00\xff", opt.FrameBinary},
			{strings.Repeat("x", 200_000), opt.FrameBinary},
			{"first", opt.FrameText | opt.FrameCont},
			{"second", opt.FrameText | opt.FrameCont},
			{"last", opt.FrameText},
			{"here?", opt.FramePing}, // for the peer; its answer is a frame like others
		} {
			if n, err := h.WSSend(bounded(t), []byte(want.data), want.flags, 0); n != len(want.data) || err != nil {
				t.Fatalf("%v: %d, %v", want.flags, n, err)
			}
			if want.flags == opt.FramePing {
				want.flags = opt.FramePong
			}
			if data, flags := oneFrame(t, h); data != want.data || flags != want.flags {
				t.Errorf("%.20q with %v came back as %.20q with %v", want.data, want.flags, data, flags)
			}
		}
	}
}

func TestFrameInParts(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	h := upgraded(t, echoingWS(t, testserver.WebSocketConfig{}))
	size := int64(9)
	for _, part := range []string{"one", "two", "six"} {
		if _, err := h.WSSend(bounded(t), []byte(part), opt.FrameBinary|opt.FrameOffset, size); err != nil {
			t.Fatal(err)
		}
		size = 0
	}
	if data, flags := oneFrame(t, h); data != "onetwosix" || flags != opt.FrameBinary {
		t.Errorf("%q with %v", data, flags)
	}
	if n, _, err := h.WSRecv(bounded(t), nil); n != 0 || err != nil {
		t.Error(n, err)
	}
}

// One goroutine sends more than all buffers hold while another one receives it.
func TestFramesBothWaysAtOnce(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for _, secure := range []bool{false, true} {
		h := upgraded(t, echoingWS(t, testserver.WebSocketConfig{TLS: secure}), opt.WSOptions(noAutoPong(t)), narrow)
		want := testserver.PatternBytes(1_000_000)
		sent := make(chan error, 1)
		ctx := bounded(t)
		go func() {
			_, err := h.WSSend(ctx, want, opt.FrameBinary, 0)
			sent <- err
		}()
		var got bytes.Buffer
		for buf := make([]byte, 100_000); got.Len() < len(want); {
			n, _, err := h.WSRecv(ctx, buf)
			if err != nil {
				t.Fatalf("after %d bytes: %v", got.Len(), err)
			}
			got.Write(buf[:n])
		}
		if err := <-sent; err != nil {
			t.Error(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Error("the echo is not what was sent")
		}
	}
}

// noAutoPong is the option where there is one.
func noAutoPong(t *testing.T) opt.WSFlags {
	if olderThan(t, 0x080e00) {
		return 0
	}
	return opt.WSNoAutoPong
}

// Frames of many goroutines arrive whole.
func TestFramesDoNotMix(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	h := upgraded(t, echoingWS(t, testserver.WebSocketConfig{}), opt.WSOptions(noAutoPong(t)), narrow)
	const senders, size = 4, 100_000
	ctx := bounded(t)
	for i := range senders {
		go h.WSSend(ctx, bytes.Repeat([]byte{byte('a' + i)}, size), opt.FrameText, 0)
	}
	for range senders {
		data, _ := oneFrame(t, h)
		if n := strings.Count(data, data[:1]); n != size || len(data) != size {
			t.Errorf("a frame of %d bytes has %d of others", len(data), len(data)-n)
		}
	}
}

func TestAFrameGoesOnAfterItsContextHasEnded(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	gate, whole := testserver.NewGate(), make(chan []byte, 1)
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		if gate.Pass(t.Context()) == nil {
			f, _ := c.ReadFrame()
			whole <- f.Data
		}
	})
	h := upgraded(t, s, narrow)
	want := testserver.PatternBytes(1_000_000)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for range 1000 { // long enough for the first part, and it does not matter
			runtime.Gosched()
		}
		cancel()
	}()
	n, err := h.WSSend(ctx, want, opt.FrameBinary, 0)
	if !errors.Is(err, context.Canceled) || n >= len(want) {
		t.Fatalf("%d bytes, %v", n, err)
	}
	gate.Open()
	if m, err := h.WSSend(bounded(t), want[n:], opt.FrameBinary, 0); err != nil || n+m != len(want) {
		t.Fatalf("%d and %d bytes, %v", n, m, err)
	}
	if got := within(t, "the frame", whole); !bytes.Equal(got, want) {
		t.Errorf("%d bytes came, which are not those that were sent", len(got))
	}
}

func TestFramesOfAnotherConnection(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	h := connected(t, "http://"+testserver.NewScript(t, echoing).Addr())
	if _, err := h.WSSend(bounded(t), []byte("x"), opt.FrameText, 0); !notWebSocket(err) {
		t.Errorf("WSSend: %v", err)
	}
	if _, _, err := h.WSRecv(bounded(t), make([]byte, 1)); !notWebSocket(err) {
		t.Errorf("WSRecv: %v", err)
	}
}

func TestEndOfFrames(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.WriteFrames(testserver.WebSocketFrame{Fin: true, Op: testserver.OpText, Data: []byte("bye")})
	})
	h := upgraded(t, s)
	if data, _ := oneFrame(t, h); data != "bye" {
		t.Errorf("%q", data)
	}
	for range 2 {
		if _, _, err := h.WSRecv(bounded(t), make([]byte, 1)); err != io.EOF {
			t.Error(err)
		}
	}
}

func TestRefusedUpgrade(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := echoingWS(t, testserver.WebSocketConfig{Status: 403})
	h := handleWith(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyWebSocket))
	if err := h.Perform(bounded(t)); !errors.Is(err, codes.HTTPReturnedError) {
		t.Error(err)
	}
	if _, err := h.WSSend(t.Context(), []byte("x"), opt.FrameText, 0); !errors.Is(err, curl.ErrNotConnected) {
		t.Error(err)
	}
}

// libcurl says of these that an argument was wrong, or that sending has failed.
func TestFramesOnAConnectionOfNoWebSocket(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	h := connected(t, "http://"+testserver.NewScript(t, testserver.Script{testserver.Drain()}).Addr())
	if _, err := h.WSSend(bounded(t), []byte("x"), opt.FrameText, 0); err == nil || !strings.Contains(err.Error(), "use a ws or wss URL") {
		t.Errorf("WSSend: %v", err)
	}
	if _, _, err := h.WSRecv(bounded(t), make([]byte, 1)); err == nil || !strings.Contains(err.Error(), "use a ws or wss URL") {
		t.Errorf("WSRecv: %v", err)
	}
}
