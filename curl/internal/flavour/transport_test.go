package flavour

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestHTTP2(t *testing.T) {
	_, options := withTLS(t, testserver.HTTPConfig{})
	if !version(t).Features.Has(curl.FeatureHTTP2) {
		lacks(t, "HTTP/2")
	}
	h := handle(t, options...)
	for ask, want := range map[opt.HTTPVer]info.HTTPVersionUsed{opt.HTTPVer1_1: info.HTTPUsed1_1, opt.HTTPVer2TLS: info.HTTPUsed2} {
		set(t, h, opt.HTTPVersion(ask), opt.FreshConnect(true))
		arrives(t, h, "hello\n")
		if got, err := curl.Info(h, info.HTTPVersion); err != nil || got != want {
			t.Errorf("%v became %v, %v", ask, got, err)
		}
	}
}

// TestCancelInHandshake: the server has got the client's first message and never answers.
func TestCancelInHandshake(t *testing.T) {
	needsTLS(t)
	arrived := make(chan struct{})
	s := testserver.NewScript(t, testserver.Script{
		testserver.ExpectClientHello(),
		testserver.Do("tell", func(*testserver.ScriptConn) error { close(arrived); return nil }),
		testserver.Hold(),
	})
	ctx, cancel := context.WithCancel(bounded(t))
	h := handle(t, opt.URL("https://"+s.Addr()+"/"), opt.NoProxy("*"), opt.SSLVerifyPeer(false))
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(ctx) }()
	select {
	case <-arrived:
	case err := <-ended:
		t.Fatal(err)
	}
	start := time.Now()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("ended %v after the cancel", took)
	}
}
