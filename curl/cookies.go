package curl

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Cookies returns what is in the handle's cookie jar, or in that of the ConfinedShare that holds its cookies; nothing when
// its cookies are off, which they are until opt.CookieFile, opt.CookieJar or SetCookies turns them on. Expired ones are left
// out. It may be called like Info, also while a transfer runs.
//
// A Domain that begins with a dot includes subdomains, one without stands for that host alone. Expires is zero for a
// cookie that ends with the session. libcurl does not keep SameSite and Partitioned.
//
// https://curl.se/libcurl/c/CURLINFO_COOKIELIST.html
func (e *Easy) Cookies() ([]*http.Cookie, error) {
	lines, err := Info(e, info.CookieList)
	if err != nil {
		return nil, named(err, "Cookies")
	}
	now := time.Now()
	var list []*http.Cookie
	for _, line := range lines {
		c, ok := parseCookie(line)
		if ok && (c.Expires.IsZero() || c.Expires.After(now)) {
			list = append(list, c)
		}
	}
	return list, nil
}

// SetCookies puts cookies into the handle's jar, next to those that are there: what Cookies returns, of this handle or
// another, or made by hand. One with the same name, domain and path is replaced, and with an Expires in the past or a
// negative MaxAge deleted. It turns cookies on, and is refused like Set.
//
// Domain has to be set: with a dot in front it includes subdomains, without it is that host alone; CookiesFor makes it so
// for those that net/http has taken out of a response. An empty Path is "/". A cookie that cannot be kept is a *CookieError,
// and then none is set.
//
// opt.CookieList("ALL") empties the jar.
//
// https://curl.se/libcurl/c/CURLOPT_COOKIELIST.html
func (e *Easy) SetCookies(cookies ...*http.Cookie) error {
	options := make([]opt.Option, len(cookies))
	for i, c := range cookies {
		line, err := formatCookie(c)
		if err != nil {
			err.Index = i
			return err
		}
		options[i] = opt.CookieList(line)
	}
	return named(e.Set(options...), "SetCookies")
}

// CookiesFor copies cookies that net/http has taken out of a response from that host, and gives them a Domain as SetCookies
// wants it: a dot in front of the one they had, which includes subdomains, or the host alone.
func CookiesFor(host string, cookies ...*http.Cookie) []*http.Cookie {
	list := make([]*http.Cookie, len(cookies))
	for i, c := range cookies {
		if c == nil { // SetCookies says which it is
			continue
		}
		copied := *c
		if copied.Domain == "" {
			copied.Domain = host
		} else {
			copied.Domain = "." + strings.TrimPrefix(copied.Domain, ".")
		}
		copied.Unparsed = slices.Clone(c.Unparsed)
		list[i] = &copied
	}
	return list
}

// CookieError refuses a cookie that libcurl would drop without a word, or take for something else.
type CookieError struct {
	Index  int    // which one, from 0
	Name   string // its name
	Reason string // what is wrong with it
}

func (e *CookieError) Error() string {
	return fmt.Sprintf("curl: cookie %d (%q): %s", e.Index, e.Name, e.Reason)
}
