package curl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// echoingWS is a WebSocket peer that sends back what comes.
func echoingWS(t *testing.T, config testserver.WebSocketConfig) *testserver.WebSocket {
	t.Helper()
	return testserver.NewWebSocket(t, config, (*testserver.WebSocketConn).Echo)
}

// framing says whether the running libcurl speaks WebSocket. One that does not has to say so.
func framing(t *testing.T) bool {
	t.Helper()
	if speaks(t, "ws") {
		return true
	}
	_, err := curl.DialWebSocket(t.Context(), "ws://127.0.0.1/")
	var missing *curl.UnsupportedError
	if !errors.As(err, &missing) || !strings.Contains(missing.Error(), "DialWebSocket") {
		t.Errorf("without WebSocket DialWebSocket says %v", err)
	}
	h := connected(t, "http://"+testserver.NewScript(t, testserver.Script{testserver.Drain()}).Addr())
	if _, err := h.WSSend(t.Context(), []byte("x"), opt.FrameText, 0); !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("without WebSocket WSSend says %v", err)
	}
	if _, _, err := h.WSRecv(t.Context(), make([]byte, 1)); !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("without WebSocket WSRecv says %v", err)
	}
	return false
}

// upgraded is a handle that is connected to a WebSocket peer for WSSend and WSRecv.
func upgraded(t *testing.T, s *testserver.WebSocket, options ...opt.Option) *curl.Easy {
	t.Helper()
	h := handleWith(t, append(options, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyWebSocket))...)
	if s.Authority != nil {
		set(t, h, opt.CAInfo(caFile(t, s.Authority.PEM())))
	}
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	return h
}

// oneFrame receives one frame.
func oneFrame(t *testing.T, h *curl.Easy) (data string, flags opt.FrameFlags) {
	t.Helper()
	buf := make([]byte, 1000)
	for {
		n, f, err := h.WSRecv(bounded(t), buf)
		if err != nil {
			t.Fatalf("after %d bytes: %v", len(data), err)
		}
		if f.Offset != int64(len(data)) {
			t.Fatalf("a part at %d comes after %d bytes", f.Offset, len(data))
		}
		data += string(buf[:n])
		if f.Left == 0 {
			return data, f.Flags
		}
	}
}

// notWebSocket is how libcurl refuses frames on another connection.
func notWebSocket(err error) bool {
	return errors.Is(err, codes.SendError) || errors.Is(err, codes.BadFunctionArgument)
}
