package curl_test

import (
	"context"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func newEngine(t *testing.T, cfg curl.EngineConfig) *curl.Engine {
	t.Helper()
	g, err := curl.NewEngine(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close(context.Background()) })
	return g
}

func engineHandle(t *testing.T, g *curl.Engine, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(append([]opt.Option{opt.NoProxy("*")}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestEngineHandlesUseEachOthersConnections(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	for i := range 3 {
		h := engineHandle(t, g, opt.URL(s.URL("/bytes/100000")))
		body, err := h.Fetch(bounded(t))
		if err != nil || len(body) != 100000 {
			t.Fatalf("%d bytes, %v", len(body), err)
		}
		n, err := curl.Info(h, info.NumConnects)
		if err != nil {
			t.Fatal(err)
		}
		if want := 0; i > 0 && n != want {
			t.Errorf("transfer %d made %d connections, want %d", i, n, want)
		}
	}
}
