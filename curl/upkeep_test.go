package curl_test

import (
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The frame types of HTTP/2 that occur here, RFC 9113.
const (
	frameHeaders  = 1
	frameSettings = 4
	framePing     = 6
)

func writeFrame(w io.Writer, kind, flags byte, stream uint32, payload ...byte) error {
	head := []byte{0, 0, byte(len(payload)), kind, flags, 0, 0, 0, 0}
	binary.BigEndian.PutUint32(head[5:], stream)
	_, err := w.Write(append(head, payload...))
	return err
}

// pinged is an HTTP/2 server that answers each request with 204, and each ping, of which it tells once.
func pinged(pings chan<- struct{}) testserver.Script {
	serve := testserver.Do("HTTP/2", func(c *testserver.ScriptConn) error {
		if err := writeFrame(c, frameSettings, 0, 0); err != nil {
			return err
		}
		for {
			var head [9]byte
			if _, err := io.ReadFull(c.Reader, head[:]); err != nil {
				return nil // the client has gone
			}
			payload := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
			if _, err := io.ReadFull(c.Reader, payload); err != nil {
				return err
			}
			kind, flags, stream := head[3], head[4], binary.BigEndian.Uint32(head[5:])
			var err error
			switch {
			case kind == frameSettings && flags == 0:
				err = writeFrame(c, frameSettings, 1, 0)
			case kind == frameHeaders:
				err = writeFrame(c, frameHeaders, 5, stream, 0x89) // the whole stream: ":status: 204" of HPACK's table
			case kind == framePing && flags == 0:
				select {
				case pings <- struct{}{}:
				default: // told already
				}
				err = writeFrame(c, framePing, 1, 0, payload...)
			}
			if err != nil {
				return err
			}
		}
	})
	return testserver.Script{testserver.ExpectBytes(24), serve} // 24: "PRI * HTTP/2.0..."
}

func TestUpkeepPings(t *testing.T) {
	v, err := curl.Version()
	if errors.Is(err, curl.ErrNoCgo) || err == nil && !v.Features.Has(curl.FeatureHTTP2) {
		t.Skip("no HTTP/2 here")
	}
	pings := make(chan struct{}, 1)
	peer := testserver.NewScript(t, pinged(pings))
	h := handleWith(t, opt.URL("http://"+peer.Addr()), opt.HTTPVersion(opt.HTTPVer2PriorKnowledge), opt.UpkeepInterval(0))
	arrives(t, h, "")
	wantInfo(t, h, info.ResponseCode, 204)
	wantInfo(t, h, info.HTTPVersion, info.HTTPUsed2)
	began := time.Now()
	for late := false; !late; { // an interval of 0 is over after a tick of libcurl's clock
		late = time.Since(began) > 3*time.Millisecond
		if err := h.Upkeep(); err != nil {
			t.Fatal(err)
		}
	}
	wantInfo(t, h, info.ResponseCode, 204)
	if !v.AtLeast(8, 0, 0) { // and 7.88.1 cannot use such a connection again
		if len(pings) > 0 {
			t.Error("this libcurl sends pings: the comment on Upkeep is wrong")
		}
		return
	}
	arrives(t, h, "") // takes the pings along
	wantInfo(t, h, info.NumConnects, 0)
	if n := peer.Connections(); n != 1 {
		t.Errorf("%d connections", n)
	}
	if v.AtLeast(8, 14, 1) && len(pings) == 0 {
		t.Error("no ping came before the next request")
	}
}

func TestUpkeepOfUnusedHandle(t *testing.T) {
	h := handleWith(t)
	if err := h.Upkeep(); err != nil {
		t.Error(err)
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if err := h.Set(opt.URL(s.URL("/"))); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
	for range 3 {
		if err := h.Upkeep(); err != nil {
			t.Error(err)
		}
	}
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.NumConnects, 0)
	h.Close()
	if err := h.Upkeep(); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}
