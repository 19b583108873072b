package curl_test

import (
	"bufio"
	"net"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"
)

// hangUp is an HTTP/1.1 server that keeps connections and closes gone when its client has closed the first.
func hangUp(t *testing.T, gone chan<- struct{}) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var served sync.WaitGroup
	t.Cleanup(func() { l.Close(); served.Wait() })
	served.Go(func() {
		for first := true; ; first = false {
			c, err := l.Accept()
			if err != nil {
				return
			}
			first := first
			served.Go(func() {
				defer c.Close()
				in := bufio.NewReader(c)
				for {
					if _, err := http.ReadRequest(in); err != nil {
						if first {
							close(gone)
						}
						return
					}
					c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
				}
			})
		}
	})
	return l.Addr().String()
}

// collectUntil runs the garbage collector until c is closed.
func collectUntil(t *testing.T, c <-chan struct{}) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		runtime.GC()
		select {
		case <-c:
			return
		case <-deadline:
			t.Fatal("it is not collected")
		case <-time.After(time.Millisecond):
		}
	}
}
