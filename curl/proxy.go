package curl

import (
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// proxySetting decides which proxy the environment asks for. libcurl would call getenv for that while other goroutines
// may be inside os.Setenv, which is a data race in C; so the variables are read in Go, before each transfer, and set as
// options unless the user has set them.
type proxySetting struct {
	scheme        string // of the URL, lower case
	user, userNo  bool   // the user has set PROXY, NOPROXY
	applied       bool   // the two below are what the C handle has
	proxy, except string
}

func (p *proxySetting) note(id opt.ID, value string) {
	switch id {
	case opt.IDURL:
		scheme, _, ok := strings.Cut(value, "://")
		if !ok {
			scheme = "http" // what libcurl guesses for most names
		}
		p.scheme = scheme
	case opt.IDProxy:
		p.user, p.applied = true, false
	case opt.IDNoProxy:
		p.userNo, p.applied = true, false
	}
}

func (p *proxySetting) forget(id opt.ID) {
	switch id {
	case opt.IDURL:
		p.scheme = ""
	case opt.IDProxy:
		p.user, p.applied = false, false
	case opt.IDNoProxy:
		p.userNo, p.applied = false, false
	}
}

// setProxy makes the C handle use the environment's proxy for the URL's scheme, or none. The caller holds mu.
func (h *handle) setProxy(e *Easy) error {
	p := &h.proxy
	if p.user && p.userNo {
		return nil
	}
	proxy, except := "", ""
	if !p.user {
		proxy = envProxy(p.scheme)
	}
	if !p.userNo {
		except = envFirst("no_proxy", "NO_PROXY")
	}
	if p.applied && proxy == p.proxy && except == p.except {
		return nil
	}
	n, used := 0, 0
	if !p.user {
		used = h.cell.PutString(n, used, int32(opt.IDProxy), proxy) // "" keeps libcurl from looking itself
		n++
	}
	if !p.userNo {
		h.cell.PutString(n, used, int32(opt.IDNoProxy), except)
		n++
	}
	var i, code int
	if err := h.calls(e, func() { i, code = h.cell.Apply(n, true) }); err != nil {
		return err
	}
	if code != 0 {
		id := []opt.ID{opt.IDProxy, opt.IDNoProxy}[(i+2-n)%2]
		return &Error{Op: "set " + id.String() + " from the environment", Code: codes.Easy(code), Detail: h.cell.ErrorText()}
	}
	p.applied, p.proxy, p.except = true, proxy, except
	return nil
}

// envProxy is the proxy variable for a scheme, by libcurl's rules: the lower-case name first, upper case not for http
// (a CGI server would set HTTP_PROXY from a request's header).
func envProxy(scheme string) string {
	scheme = strings.ToLower(scheme)
	if scheme == "" {
		scheme = "http"
	}
	name := scheme + "_proxy"
	if scheme == "http" {
		return envFirst(name, "all_proxy", "ALL_PROXY")
	}
	return envFirst(name, strings.ToUpper(name), "all_proxy", "ALL_PROXY")
}

func envFirst(names ...string) string {
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}
