package curl_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// endlessRefusal is a proxy that asks for a login and does not come to an end with saying so. begun has an element for each time.
func endlessRefusal(t *testing.T) (p *testserver.ScriptServer, begun <-chan struct{}) {
	begins := make(chan struct{}, 10)
	endless := testserver.Do("a body without an end", func(c *testserver.ScriptConn) error {
		for {
			if _, err := c.Write([]byte(strings.Repeat("no ", 20_000))); err != nil {
				return nil // the client has gone
			}
			select {
			case begins <- struct{}{}:
			default:
			}
		}
	})
	return testserver.NewScript(t, testserver.Script{
		testserver.ExpectHead(),
		testserver.Send("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 1000000000000\r\n\r\n"),
		endless,
	}), begins
}

// refusedBy is a handle whose transfer goes through such a proxy.
func refusedBy(t *testing.T, p *testserver.ScriptServer, options ...opt.Option) *curl.Easy {
	return newHandle(t, append(options, opt.URL("http://127.0.0.1:1/"), opt.NoProxy(""), opt.Proxy("http://"+p.Addr()),
		opt.HTTPProxyTunnel(true), opt.ProxyUserPassword("user:password"), opt.ProxyAuth(opt.AuthAny))...)
}

// TestCancelWaitsForNoEndlessRefusal: libcurl reads the refusal of a proxy, to which it is going to log in, for as long as it
// comes, and looks at no clock meanwhile. Neither the context, Cancel nor the option's timeout ended such a transfer, and an
// engine stood still.
func TestCancelWaitsForNoEndlessRefusal(t *testing.T) {
	const soon = 300 * time.Millisecond
	p, _ := endlessRefusal(t)
	g := newEngine(t, curl.EngineConfig{})
	for name, attach := range map[string]func(*curl.Easy) error{
		"alone":        func(*curl.Easy) error { return nil },
		"on an engine": func(h *curl.Easy) error { return g.Attach(h) },
	} {
		for how, test := range map[string]struct {
			options []opt.Option
			limit   time.Duration
			want    error
		}{
			"context": {nil, soon, context.DeadlineExceeded},
			"option":  {[]opt.Option{opt.Timeout(soon)}, time.Hour, codes.OperationTimedOut},
		} {
			h := refusedBy(t, p, test.options...)
			if err := attach(h); err != nil {
				t.Fatal(err)
			}
			unheld(t, func() {
				ctx, cancel := context.WithTimeout(t.Context(), test.limit)
				defer cancel()
				if err := h.Perform(ctx); !errors.Is(err, test.want) {
					t.Errorf("%s, %s: %v", name, how, err)
				}
			})
		}
	}
}

// TestEngineEndsWhoHoldsUpOthers: nobody else on the engine had a turn until such a transfer was cancelled.
func TestEngineEndsWhoHoldsUpOthers(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	for name, options := range map[string][]opt.Option{
		"without a progress function": nil,
		"with one":                    {opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return nil })},
	} {
		p, begun := endlessRefusal(t)
		h := refusedBy(t, p, options...)
		if err := g.Attach(h); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(t.Context()) }()
		awaited(t, "the refusal", begun)
		unheld(t, func() {
			arrives(t, engineHandle(t, g, opt.URL(s.URL("/"))), "hello\n")
			want := curl.ErrHoldsUp
			if olderThan(t, 0x081500) { // has a connection of its own: TestEngineTunnelsAreOfOneLogin
				want = curl.ErrCancelled
				h.Cancel()
			}
			if err := awaited(t, "the end", ended); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}
