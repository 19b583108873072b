package testserver

import (
	"bufio"
	"crypto/sha1"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
)

// WebSocketConfig says how a [WebSocket] peer meets its clients.
type WebSocketConfig struct {
	TLS         bool
	Status      int    // refuse the upgrade with this status, 0: agree
	Subprotocol string // to agree on, "" for none
}

// A WebSocket is a peer that agrees to speak WebSocket and then does with each
// connection what the test says, frame by frame: also what no peer should do.
type WebSocket struct {
	*peer
	Authority *Authority // issuer of the peer's certificate; nil without TLS
	config    WebSocketConfig
}

// NewWebSocket starts a peer that calls serve for every connection. It is
// closed when the test ends.
func NewWebSocket(tb TB, config WebSocketConfig, serve func(c *WebSocketConn)) *WebSocket {
	tb.Helper()
	s, err := StartWebSocket(config, serve)
	if err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	tb.Cleanup(s.Close)
	return s
}

// StartWebSocket starts a peer that runs until Close.
func StartWebSocket(config WebSocketConfig, serve func(c *WebSocketConn)) (*WebSocket, error) {
	s := &WebSocket{config: config}
	var t *tls.Config
	var err error
	if config.TLS {
		if s.Authority, t, err = serverTLS(); err != nil {
			return nil, err
		}
	}
	if s.peer, err = listen(false, t); err != nil {
		return nil, err
	}
	s.start(func(_ int, nc net.Conn) {
		c := &WebSocketConn{Conn: nc, Reader: bufio.NewReader(nc)}
		if c.accept(config) == nil {
			serve(c)
		}
	})
	return s, nil
}

// URL returns the address of a path of the peer.
func (s *WebSocket) URL(path string) string {
	if s.config.TLS {
		return "wss://" + s.Addr() + path
	}
	return "ws://" + s.Addr() + path
}

// A WebSocketConn is the peer's side of one connection.
type WebSocketConn struct {
	net.Conn
	Reader  *bufio.Reader
	Request *http.Request // the one that asked for the upgrade
}

const webSocketGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

func (c *WebSocketConn) accept(config WebSocketConfig) (err error) {
	if c.Request, err = http.ReadRequest(c.Reader); err != nil {
		return err
	}
	if config.Status != 0 {
		answer := http.Response{StatusCode: config.Status, ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody, Close: true}
		_ = answer.Write(c)
		return errors.New("refused")
	}
	sum := sha1.Sum([]byte(c.Request.Header.Get("Sec-WebSocket-Key") + webSocketGUID))
	var b strings.Builder
	b.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n")
	if config.Subprotocol != "" {
		b.WriteString("Sec-WebSocket-Protocol: " + config.Subprotocol + "\r\n")
	}
	_, err = io.WriteString(c, b.String()+"\r\n")
	return err
}
