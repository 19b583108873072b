package curl_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestCancelWaitsForNoEndlessRefusal: libcurl reads the refusal of a proxy, to which it is going to log in, for as long as it
// comes, and looks at no clock meanwhile. Neither the context nor Cancel ended such a transfer, and an engine stood still.
func TestCancelWaitsForNoEndlessRefusal(t *testing.T) {
	endless := testserver.Do("a body without an end", func(c *testserver.ScriptConn) error {
		for {
			if _, err := c.Write([]byte(strings.Repeat("no ", 20_000))); err != nil {
				return nil // the client has gone
			}
		}
	})
	p := testserver.NewScript(t, testserver.Script{
		testserver.ExpectHead(),
		testserver.Send("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 1000000000000\r\n\r\n"),
		endless,
	})
	g := newEngine(t, curl.EngineConfig{})
	for name, attach := range map[string]func(*curl.Easy) error{
		"alone":        func(*curl.Easy) error { return nil },
		"on an engine": func(h *curl.Easy) error { return g.Attach(h) },
	} {
		h := newHandle(t, opt.URL("http://127.0.0.1:1/"), opt.NoProxy(""), opt.Proxy("http://"+p.Addr()), opt.HTTPProxyTunnel(true),
			opt.ProxyUserPassword("user:password"), opt.ProxyAuth(opt.AuthAny))
		if err := attach(h); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		unheld(t, func() {
			if err := h.Perform(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}
