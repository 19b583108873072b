package curl

import (
	"context"
	"errors"
	"sync"

	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Response is what Fetch brought.
type Response struct {
	URL     string  // where it came from, after redirects: info.EffectiveURL, which can hold a password
	Status  int     // the protocol's last response code: 200 for HTTP, 226 for FTP; 0 when there was none
	Headers Headers // of the last response; nil on a libcurl before 7.83.0
	Body    []byte
}

// Fetch transfers a URL and returns what came, with the options given on top of the defaults. It runs on an Engine of the
// package's own, so that one call uses the connections that an earlier one has left. Limit a transfer with ctx.
//
// An HTTP status of 400 or more is no error unless opt.FailOnError says so. When the transfer fails the Response has what had
// arrived; when it could not begin, because an option was refused or there is no libcurl, it is nil.
func Fetch(ctx context.Context, url string, options ...opt.Option) (*Response, error) {
	h, err := newCommon(url, options)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	r := new(Response)
	if r.Body, err = h.Fetch(ctx); errors.Is(err, ErrClosed) {
		return nil, err // by one of the options' callbacks
	}
	r.URL, _ = Info(h, info.EffectiveURL)
	r.Status, _ = Info(h, info.ResponseCode)
	r.Headers, _ = h.Headers(FromHeader)
	return r, err
}

// common is the engine of Fetch and Open.
var common = sync.OnceValues(func() (*Engine, error) { return NewEngine(EngineConfig{}) })

// newCommon makes a handle on that engine.
func newCommon(url string, options []opt.Option) (*Easy, error) {
	g, err := common()
	if err != nil {
		return nil, err
	}
	h, err := newFor(url, options)
	if err != nil {
		return nil, err
	}
	if err := g.Attach(h); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}
