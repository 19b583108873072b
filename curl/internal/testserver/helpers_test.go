package testserver_test

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// hangGuard ends a test that waits for something that does not come.
const hangGuard = 10 * time.Second

func await(t *testing.T, what string, ch <-chan struct{}) {
	t.Helper()
	select {
	case <-ch:
	case <-time.After(hangGuard):
		t.Fatalf("still waiting for %s", what)
	}
}

// client speaks the newest HTTP that the server offers.
func client(t *testing.T, s *testserver.HTTP) *http.Client {
	t.Helper()
	transport := &http.Transport{ForceAttemptHTTP2: true}
	if s.Authority != nil {
		transport.TLSClientConfig = &tls.Config{RootCAs: s.Authority.Pool()}
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: hangGuard}
}

// do sends a request and returns the answer and its body, complete or not.
func do(t *testing.T, c *http.Client, r *http.Request) (*http.Response, string, error) {
	t.Helper()
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func get(t *testing.T, c *http.Client, url string) (*http.Response, string) {
	t.Helper()
	resp, body, err := do(t, c, request(t, http.MethodGet, url, nil))
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

func request(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dial connects and closes the connection when the test ends.
func dial(t *testing.T, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(hangGuard)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

// exchange sends text and returns all that comes back until the peer closes.
func exchange(t *testing.T, addr, text string) string {
	t.Helper()
	c := dial(t, addr)
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil {
		t.Fatalf("after %q: %v", answer, err)
	}
	return string(answer)
}

func handshakeTLS(c net.Conn) error {
	return tls.Client(c, &tls.Config{ServerName: "x.test"}).Handshake()
}
