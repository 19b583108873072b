package curl_test

import (
	"net"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestStoppedInEachProtocol: the server takes the connection, and whatever it is sent, and never says anything.
func TestStoppedInEachProtocol(t *testing.T) {
	for _, scheme := range version(t).Protocols {
		if scheme == "file" || strings.HasPrefix(scheme, "rtmpt") {
			continue // the one has no server; out of the others libcurl may not come back even when that is gone
		}
		t.Run(scheme, func(t *testing.T) {
			address, reached, end := speechless(t, scheme)
			path := "/folder/file"
			if strings.HasPrefix(scheme, "ldap") {
				path = "/dc=example?cn?sub"
			}
			h := handleWith(t, opt.URL(scheme+"://"+address+path), opt.NoProxy("*"), opt.UserPassword("user:secret"),
				opt.SSLVerifyPeer(false))
			stopPerform(t, h, phase{reached: reached}, stops[0])
			h.Close()
			end() // which RTMP waits for
			await(t, "the end of the C handle", h.Done())
		})
	}
}

// speechless is the address of such a server, and says when a client has come.
func speechless(t *testing.T, scheme string) (address string, reached <-chan struct{}, end func()) {
	if scheme != "tftp" {
		s := testserver.NewScript(t, testserver.Script{testserver.Drain()})
		return s.Addr(), s.Connected(1), s.Close
	}
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	asked, ask := signal()
	go func() {
		if _, _, err := c.ReadFrom(make([]byte, 1024)); err == nil {
			ask()
		}
	}()
	return c.LocalAddr().String(), asked, nothing
}
