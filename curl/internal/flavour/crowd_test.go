package flavour

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const goroutines, transfers = 16, 5

// resuming is a server that answers whether the connection resumed a TLS session, under a name that only a handle with
// the option known finds, and whoever shares its cache of names. A build without TLS gets one without.
func resuming(t *testing.T, newest uint16) (options []opt.Option, known opt.Option) {
	t.Helper()
	config := testserver.HTTPConfig{
		HTTP1Only: true,
		TuneTLS:   func(c *tls.Config) { c.MaxVersion = newest },
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, r.TLS != nil && r.TLS.DidResume)
		}),
	}
	var s *testserver.HTTP
	scheme := "https"
	if slices.Contains(version(t).Protocols, scheme) {
		s, options = withTLS(t, config)
	} else {
		s, options, scheme = testserver.NewHTTP(t, config), nil, "http" // least of all, which knows no proxies
	}
	host := "shared." + testserver.ServerName + ":" + strconv.Itoa(s.Port())
	return append(options, opt.URL(scheme+"://"+host+"/own/"), opt.FreshConnect(true)), opt.Resolve([]string{host + ":127.0.0.1"})
}

// resumed has the handle make two transfers, and says whether the second resumed the session of the first.
func resumed(t *testing.T, h *curl.Easy) bool {
	t.Helper()
	var body []byte
	for range 2 {
		var err error
		if body, err = h.Fetch(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}
	return string(body) == "true"
}

// crowd has many goroutines transfer, each with a handle that join has joined to what they share. Nobody's handle but
// the first knows the server's name.
func crowd(t *testing.T, ctx context.Context, join func(*curl.Easy) error) {
	t.Helper()
	options, known := resuming(t, tls.VersionTLS13)
	able := resumed(t, handle(t, append(options, known)...))
	if !able { // some resume only what is older
		options, known = resuming(t, tls.VersionTLS12)
		able = resumed(t, handle(t, append(options, known)...))
	}
	first := handle(t, append(options, known)...)
	if err := join(first); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Fetch(ctx); err != nil {
		t.Fatal(err)
	}
	var resumptions atomic.Int32
	var all sync.WaitGroup
	for range goroutines {
		h := handle(t, options...)
		if err := join(h); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			defer h.Close()
			for range transfers {
				body, err := h.Fetch(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if string(body) == "true" {
					resumptions.Add(1)
				}
			}
		})
	}
	all.Wait()
	// Without sharing, each handle's first transfer could not have resumed anything.
	n := resumptions.Load()
	t.Logf("%d of %d transfers resumed a session", n, goroutines*transfers)
	if (n > 0) != able {
		t.Errorf("%d transfers resumed a session, while two of one handle do: %t", n, able)
	}
	switch {
	case able:
	case library(t) == "openssl":
		t.Error("OpenSSL resumed no session")
	default:
		t.Log("lacks the resumption of TLS sessions")
	}
}

// TestShare: TLS sessions and names, on as many connections as there are transfers.
func TestShare(t *testing.T) {
	kinds := []curl.ConcurrentKind{curl.ShareDNS}
	if slices.Contains(version(t).Protocols, "https") {
		kinds = append(kinds, curl.ShareTLSSessions)
	}
	s, err := curl.NewShare(kinds...)
	if err != nil {
		t.Fatal(err)
	}
	crowd(t, bounded(t), s.Attach)
}

// TestEngine: the same through an engine, whose transfers one thread drives.
func TestEngine(t *testing.T) {
	version(t)
	g, err := curl.NewEngine(curl.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	ctx := bounded(t)
	defer func() {
		if err := g.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	crowd(t, ctx, func(h *curl.Easy) error { return g.Attach(h) })
}
