package curl_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// conversation is a peer that greets, notes what it is answered, and says goodbye after so many frames.
func conversation(t *testing.T, n int) (s *testserver.WebSocket, heard <-chan testserver.WebSocketFrame) {
	got := make(chan testserver.WebSocketFrame, n)
	s = testserver.NewWebSocket(t, testserver.WebSocketConfig{}, func(c *testserver.WebSocketConn) {
		c.WriteFrames(
			testserver.WebSocketFrame{Op: testserver.OpText, Data: []byte("hel")},
			testserver.WebSocketFrame{Fin: true, Op: testserver.OpContinue, Data: []byte("lo")})
		for range n {
			f, err := c.ReadFrame()
			if err != nil {
				return
			}
			got <- f
		}
		c.WriteFrames(testserver.WebSocketFrame{Fin: true, Op: testserver.OpClose, Data: []byte{3, 232}})
	})
	return s, got
}

// The write function is told about each frame, and answers from there.
func TestFramesInTheWriteFunction(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	for _, member := range []bool{false, true} {
		s, heard := conversation(t, 3)
		var seen []string
		var h *curl.Easy
		h = handleWith(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error {
			f, err := h.WSMeta()
			seen = append(seen, fmt.Sprintf("%s %v %d %d", p, f.Flags, f.Offset, f.Left))
			if err != nil || f.Flags&opt.FrameClose != 0 {
				return err
			}
			if _, _, err := h.WSRecv(context.Background(), make([]byte, 1)); !errors.Is(err, curl.ErrInCallback) {
				t.Errorf("WSRecv in a callback: %v", err)
			}
			elsewhere(t, func() {
				if _, err := h.WSSend(context.Background(), []byte("x"), opt.FrameText, 0); !errors.Is(err, curl.ErrBusy) {
					t.Errorf("WSSend from another goroutine: %v", err)
				}
			})
			_, err = h.WSSend(context.Background(), append([]byte("re: "), p...), opt.FrameText, 0)
			if err == nil && len(seen) == 2 {
				_, err = h.WSSend(context.Background(), nil, opt.FrameText, 0)
			}
			return err
		}))
		// The peer goes without closing the connection properly, which some releases take for an error.
		if member {
			m := newMulti(t)
			addAll(t, m, h)
			runAll(t, m)
		} else {
			h.Perform(bounded(t))
		}
		want := []string{"hel FrameText|FrameCont 0 0", "lo FrameText 0 0", "\x03\xe8 FrameClose 0 0"}
		if !slices.Equal(seen, want) {
			t.Errorf("member %v: %q, want %q", member, seen, want)
		}
		for _, want := range []string{"re: hel", "re: lo", ""} {
			if f := within(t, "an answer", heard); string(f.Data) != want || f.Op != testserver.OpText || !f.Fin {
				t.Errorf("member %v: the peer got %+v, want %q", member, f, want)
			}
		}
	}
}

// Data of the read function are frames, since 8.16.0.
func TestFramesFromTheReadFunction(t *testing.T) {
	t.Parallel()
	if !framing(t) || olderThan(t, 0x081000) {
		return
	}
	s, heard := conversation(t, 4)
	var h *curl.Easy
	step := 0
	h = handleWith(t, opt.URL(s.URL("/")), opt.Upload(true), opt.ReadFunction(func(p []byte) (int, error) {
		step++
		switch step {
		case 1:
			return copy(p, "binary"), nil
		case 2:
			if err := h.WSStartFrame(opt.FrameText, 4); err != nil {
				return 0, err
			}
			if err := h.WSStartFrame(opt.FrameText, 4); err == nil {
				t.Error("a frame was begun within a frame")
			}
			return copy(p, "text"), nil
		case 3:
			return 0, h.WSStartFrame(opt.FrameText, 0)
		case 4:
			if err := h.WSStartFrame(opt.FramePing, 1); err != nil {
				return 0, err
			}
			return copy(p, "p"), nil
		}
		return 0, io.EOF
	}))
	h.Perform(bounded(t))
	for _, want := range []testserver.WebSocketFrame{
		{Fin: true, Op: testserver.OpBinary, Data: []byte("binary")}, {Fin: true, Op: testserver.OpText, Data: []byte("text")},
		{Fin: true, Op: testserver.OpText}, {Fin: true, Op: testserver.OpPing, Data: []byte("p")},
	} {
		if f := within(t, "a frame", heard); f.Op != want.Op || string(f.Data) != string(want.Data) || !f.Fin {
			t.Errorf("the peer got %+v, want %+v", f, want)
		}
	}
}

// In raw mode frames are the program's business, in both directions.
func TestRawFrames(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s, heard := conversation(t, 1)
	got := ""
	var h *curl.Easy
	h = handleWith(t, opt.URL(s.URL("/")), opt.WSOptions(opt.WSRawMode), opt.WriteFunction(func(p []byte) error {
		if _, err := h.WSMeta(); !errors.Is(err, curl.ErrNoFrame) {
			t.Errorf("WSMeta: %v", err)
		}
		if got += string(p); len(got) != 9 {
			return nil
		}
		_, err := h.WSSend(context.Background(), []byte{0x81, 0x81, 0, 0, 0, 0, 'x'}, 0, 0)
		return err
	}))
	h.Perform(bounded(t))
	if want := "\x01\x03hel\x80\x02lo\x88\x02\x03\xe8"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if f := within(t, "the frame", heard); string(f.Data) != "x" || f.Op != testserver.OpText {
		t.Errorf("the peer got %+v", f)
	}
}

// Where there is no frame, WSMeta says so instead of showing one that was.
func TestMetaWithoutFrame(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	asked := false
	h = handleWith(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		asked = true
		if _, err := h.WSMeta(); !errors.Is(err, curl.ErrNoFrame) {
			t.Errorf("over HTTP: %v", err)
		}
		return nil
	}))
	if err := h.Perform(bounded(t)); err != nil || !asked {
		t.Errorf("%v, %v", asked, err)
	}
	if _, err := h.WSMeta(); !errors.Is(err, curl.ErrNotInFlight) {
		t.Errorf("after the transfer: %v", err)
	}
}
