package curl

import (
	"errors"
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// URL is an address taken apart the way libcurl does it: what a transfer makes of a text can be looked at, changed part by
// part, and handed to handles with [Easy.SetURL]. Where it matters that a check and the transfer agree on the host, ask
// libcurl's parser and not another one.
//
// Every method may be called from any goroutine at any time, also inside callbacks. One URL can be attached to several
// handles. While a transfer of one of them is in flight it can be read, and neither changed nor closed (ErrBusy). A URL must not be
// copied; the zero URL is a closed one. It holds nothing but memory, which goes with the last of those who refer to it:
// Close is optional.
//
// It needs libcurl 7.62.0; on an older one making one is an *UnsupportedError.
//
// https://curl.se/libcurl/c/libcurl-url.html
type URL struct {
	_ noCopy
	p *parsedURL
}

// NewURL makes a URL without any part. It loads libcurl when that has not happened yet.
//
// The error is that of Load, an *UnsupportedError, or about memory.
//
// https://curl.se/libcurl/c/curl_url.html
func NewURL() (*URL, error) {
	if err := loader.Ensure(); err != nil {
		return nil, err
	}
	if !capi.Has(capi.FuncURL) {
		return nil, unsupported("curl_url", capi.FuncURL.Since())
	}
	return newURL(capi.NewURL())
}

func newURL(c capi.URL) (*URL, error) {
	if !c.Valid() {
		return nil, errors.New("curl: libcurl could not make a URL: out of memory")
	}
	p := &parsedURL{c: c, users: map[*handle]struct{}{}}
	p.cleanup = runtime.AddCleanup(p, capi.URL.Free, c)
	return &URL{p: p}, nil
}

// ParseURL makes a URL from a text, which has to be absolute unless flags say that the scheme may be missing
// (URLDefaultScheme, URLGuessScheme). Its errors are those of NewURL and URL.Set.
//
// https://curl.se/libcurl/c/curl_url_set.html
func ParseURL(text string, flags ...URLFlag) (*URL, error) {
	u, err := NewURL()
	if err != nil {
		return nil, err
	}
	if err := u.Parse(text, flags...); err != nil {
		u.Close()
		return nil, err
	}
	return u, nil
}

// Clone makes a URL with the same parts that is attached to no handle.
//
// https://curl.se/libcurl/c/curl_url_dup.html
func (u *URL) Clone() (*URL, error) {
	p := u.parsed()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.readable("Clone"); err != nil {
		return nil, err
	}
	return newURL(p.c.Clone())
}

// Close detaches the URL from its handles, which then have none, and frees it. While one of them has a transfer in flight
// it does nothing, and returns a *StateError with ErrBusy. A second Close changes nothing.
//
// https://curl.se/libcurl/c/curl_url_cleanup.html
func (u *URL) Close() error {
	p := u.parsed()
	var users []*handle
	err := p.change(state.URLClose, "Close", func() error {
		users = p.handles()
		p.users = nil
		p.cleanup.Stop()
		p.c.Free()
		p.c = capi.URL{}
		return nil
	})
	for _, h := range users { // with p.mu released: it comes after a handle's
		h.mu.Lock()
		if h.url == p {
			h.noURL()
		}
		h.mu.Unlock()
	}
	return err
}

// parsed is what every method starts with.
func (u *URL) parsed() *parsedURL {
	if u == nil || u.p == nil {
		return &neverParsed
	}
	return u.p
}

var neverParsed parsedURL

// ErrURLClosed: the URL is closed. It matches ErrClosed, too, and comes in a *StateError.
var ErrURLClosed error = urlClosed{}

type urlClosed struct{}

func (urlClosed) Error() string        { return "the URL is closed; make a new one" }
func (urlClosed) Is(target error) bool { return target == ErrClosed }

// ErrNoPart matches the *URLError of a URL.Get for a part that the URL does not have.
var ErrNoPart = errors.New("the URL has no such part")

// URLError is what libcurl has against a URL or one of its parts. errors.Is finds the Code, and ErrNoPart.
type URLError struct {
	Op   string    // "set", "get"
	Part URLPart   // which part; PartURL: the whole
	Code codes.URL // libcurl's result
}

// Error does not quote the URL, which may hold a password.
func (e *URLError) Error() string {
	return "curl: " + e.Op + " " + e.Part.String() + " of a URL: " + e.Code.Error()
}

// Is matches ErrNoPart.
func (e *URLError) Is(target error) bool {
	return target == ErrNoPart && e.Op == "get" && e.Code >= codes.URLNoScheme && e.Code <= codes.URLNoZoneID
}

// Unwrap returns the code.
func (e *URLError) Unwrap() error { return e.Code }
