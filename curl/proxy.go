package curl

import (
	"strings"
	"syscall"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// proxySetting decides which proxy the environment asks for. libcurl would call getenv for that while other goroutines
// may be inside os.Setenv, which is a data race in C; so the variables are read in Go, before each transfer, and set as
// options unless the user has set them.
//
// libcurl looks again at each redirect that changes the scheme; here the choice for the first URL holds for the whole
// transfer.
type proxySetting struct {
	url           string // as it was set
	scheme        string // of the URL as far as it names one, lower case
	guess         string // the scheme of a URL without one: of DEFAULT_PROTOCOL, "" for what the host's name suggests
	host          string // the start of the host of a URL without a scheme
	user, userNo  bool   // the user has set PROXY, NOPROXY
	pre           bool   // the user has set PRE_PROXY; libcurl then ignores the environment
	logins        uint8  // options with a login for the proxy that the user has set, a bit each: login
	applied       bool   // the two below are what the C handle has
	proxy, except string
}

// note takes notice of an option that was set.
func (p *proxySetting) note(id opt.ID, value string) {
	switch id {
	case opt.IDURL:
		p.url = value
		if scheme, ok := urlScheme(value); ok {
			p.scheme, p.host = scheme, ""
		} else {
			host := urlHost(value)
			p.scheme, p.host = "", strings.ToLower(host[:min(len(host), len("ldap."))])
		}
	case opt.IDDefaultProtocol:
		p.guess = strings.ToLower(value)
	case opt.IDProxy:
		p.user, p.applied = true, false
		p.login(id, strings.Contains(value, "@"))
	case opt.IDProxyUserPassword, opt.IDProxyUsername, opt.IDProxyPassword:
		p.login(id, value != "")
	case opt.IDPreProxy:
		p.pre = true
	case opt.IDNoProxy:
		p.userNo, p.applied = true, false
	}
}

// forget is note for an option that has its default again.
func (p *proxySetting) forget(id opt.ID) {
	switch id {
	case opt.IDURL:
		p.url, p.scheme, p.host = "", "", ""
	case opt.IDDefaultProtocol:
		p.guess = ""
	case opt.IDProxy:
		p.user, p.applied = false, false
		p.login(id, false)
	case opt.IDProxyUserPassword, opt.IDProxyUsername, opt.IDProxyPassword:
		p.login(id, false)
	case opt.IDPreProxy:
		p.pre = false
	case opt.IDNoProxy:
		p.userNo, p.applied = false, false
	}
}

// login notes whether an option has a login for the proxy.
func (p *proxySetting) login(id opt.ID, has bool) {
	bit := uint8(1)
	switch id {
	case opt.IDProxyUsername, opt.IDProxyUserPassword: // which set the same
		bit = 1 << 1
	case opt.IDProxyPassword:
		bit = 1 << 2
	}
	p.logins &^= bit
	if has {
		p.logins |= bit
	}
}

// urlScheme is the lower-case scheme that a URL begins with. libcurl is content with one slash after it.
func urlScheme(url string) (string, bool) {
	i := strings.IndexByte(url, ':')
	if i <= 0 || !strings.HasPrefix(url[i:], ":/") {
		return "", false
	}
	for _, c := range []byte(url[:i]) {
		switch c {
		case '/', '?', '#', '@', ' ', '.':
			return "", false
		}
	}
	return strings.ToLower(url[:i]), true
}

// urlHost is what a URL has between its user and its path: host and port.
func urlHost(url string) string {
	_, host, _ := splitURL(url)
	return host
}

// splitURL takes a URL apart and leaves its user out: the scheme with "://", if it has one, host and port, and what follows.
func splitURL(url string) (scheme, host, rest string) {
	if i := strings.Index(url, "://"); i >= 0 {
		scheme, url = url[:i+len("://")], url[i+len("://"):]
	}
	if end := strings.IndexAny(url, "/?#"); end >= 0 {
		url, rest = url[:end], url[end:]
	}
	return scheme, url[strings.LastIndexByte(url, '@')+1:], rest
}

// schemeInUse is the scheme that libcurl is going to use for the URL.
func (p *proxySetting) schemeInUse() string {
	switch {
	case p.scheme != "":
		return p.scheme
	case p.guess != "":
		return p.guess
	}
	for _, scheme := range []string{"ftp", "dict", "ldap", "imap", "smtp", "pop3"} {
		if strings.HasPrefix(p.host, scheme+".") {
			return scheme
		}
	}
	return "http"
}

// setProxy makes the C handle use the environment's proxy for the URL's scheme, or none. The caller holds mu.
func (h *handle) setProxy(e *Easy) error {
	p := &h.proxy
	if p.user && p.userNo {
		return nil
	}
	proxy, except := "", ""
	if !p.user && !p.pre {
		proxy = envProxy(p.schemeInUse())
	}
	if !p.userNo && (proxy != "" || p.user || p.pre) { // else there is nothing to make an exception of
		except = envFirst(noProxyNames)
	}
	if p.applied && proxy == p.proxy && except == p.except {
		return nil
	}
	return h.applyProxy(e, proxy, except)
}

// applyProxy sets those of the two options that the user has not set. The caller holds mu.
func (h *handle) applyProxy(e *Easy, proxy, except string) error {
	p := &h.proxy
	b := capi.NewBatch()
	defer b.Free()
	var ids []opt.ID
	put := func(id opt.ID, value string) {
		b.String(int32(id), value)
		ids = append(ids, id)
	}
	if !p.user {
		put(opt.IDProxy, proxy) // "" keeps libcurl from looking itself
	}
	if !p.userNo {
		put(opt.IDNoProxy, except)
	}
	var i, code int
	if err := h.calls(e, func() { i, code = h.cell.Apply(b, true) }); err != nil {
		return err
	}
	// A libcurl that was built without proxies does not look for any in the environment.
	if code != 0 && code != int(codes.UnknownOption) && code != int(codes.NotBuiltIn) {
		return &Error{
			Op: "set " + ids[i].String() + " from the environment", Code: codes.Easy(code), Detail: h.text(),
		}
	}
	p.applied, p.proxy, p.except = true, proxy, except
	return nil
}

// The proxy variables of each scheme, by the rules of the newest libcurl: the lower-case name first, upper case not for
// http (a CGI server would set HTTP_PROXY from a request's header); WebSocket as HTTP.
var (
	proxyNames = map[string][]string{
		"https": {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"},
		"ws":    {"ws_proxy", "WS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"},
		"wss":   {"wss_proxy", "WSS_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"},
	}
	httpProxyNames = []string{"http_proxy", "all_proxy", "ALL_PROXY"}
	noProxyNames   = []string{"no_proxy", "NO_PROXY"}
)

// envProxy is what the environment has for a scheme.
func envProxy(scheme string) string {
	if scheme == "http" {
		return envFirst(httpProxyNames)
	}
	names, ok := proxyNames[scheme]
	if !ok {
		names = []string{scheme + "_proxy", strings.ToUpper(scheme) + "_PROXY", "all_proxy", "ALL_PROXY"}
	}
	return envFirst(names)
}

// envFirst is the first of the variables that is not empty. Not by os.Getenv, which tells package testing of each look: that
// costs more than the look, three times in every transfer.
func envFirst(names []string) string {
	for _, name := range names {
		if v, _ := syscall.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}
