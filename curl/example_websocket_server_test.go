//go:build cgo

package curl_test

import (
	"fmt"
	"io"
	"log"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// What the examples about WebSocket talk to.

func echoServer() (url string, stop func()) {
	return exampleServer((*testserver.WebSocketConn).Echo)
}

func greetingServer() (url string, stop func()) {
	return exampleServer(func(c *testserver.WebSocketConn) {
		c.WriteFrames(text1(true, "hello"))
		if _, err := c.ReadFrame(); err == nil {
			c.WriteFrames(closeFrame("\x03\xe8"))
		}
	})
}

func exampleServer(serve func(*testserver.WebSocketConn)) (url string, stop func()) {
	s, err := testserver.StartWebSocket(testserver.WebSocketConfig{}, serve)
	if err != nil {
		log.Fatal(err)
	}
	return s.URL("/"), s.Close
}

func printAll(r io.Reader) {
	text, err := io.ReadAll(r)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(text))
}

func speaksWebSocket(v curl.VersionInfo) bool { return slices.Contains(v.Protocols, "ws") }
