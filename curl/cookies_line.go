package curl

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// httpOnly marks cookies that scripts must not see; a line that begins with any other # is a comment.
const httpOnly = "#HttpOnly_"

// ReadCookies reads a cookie file, as opt.CookieJar, curl and browsers' extensions write it (Netscape's format). What is no
// cookie is skipped, as libcurl does. Expired ones are kept. It needs no libcurl.
//
// https://curl.se/docs/http-cookies.html
func ReadCookies(r io.Reader) ([]*http.Cookie, error) {
	if r == nil {
		return nil, fmt.Errorf("curl: ReadCookies: the io.Reader is nil: %w", os.ErrInvalid)
	}
	var list []*http.Cookie
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if c, ok := parseCookie(lines.Text()); ok {
			list = append(list, c)
		}
	}
	if err := lines.Err(); err != nil {
		return list, fmt.Errorf("curl: ReadCookies: %w", err)
	}
	return list, nil
}

// WriteCookies writes a cookie file, for opt.CookieFile and curl. A cookie that has no place there is a *CookieError; those
// before it are written.
func WriteCookies(w io.Writer, cookies ...*http.Cookie) error {
	if w == nil {
		return fmt.Errorf("curl: WriteCookies: the io.Writer is nil: %w", os.ErrInvalid)
	}
	out := bufio.NewWriter(w)
	out.WriteString("# Netscape HTTP Cookie File\n\n")
	for i, c := range cookies {
		line, err := formatCookie(c)
		if err != nil {
			err.Index = i
			out.Flush()
			return err
		}
		out.WriteString(line + "\n")
	}
	return out.Flush()
}

// endOfTime is the last second of the year 9999, later than which no http.Cookie expires. libcurl has larger numbers for what
// lasts for ever, and package time takes the largest for long past.
const endOfTime = 253402300799

// parseCookie reads one line: domain, whether it includes subdomains, path, secure, expiry, name, value, with tabs between
// them. A value may be missing.
func parseCookie(line string) (*http.Cookie, bool) {
	line = strings.TrimRight(line, "\r\n")
	rest, only := strings.CutPrefix(line, httpOnly)
	f := strings.SplitN(rest, "\t", 7)
	if strings.HasPrefix(rest, "#") || len(f) < 6 {
		return nil, false
	}
	expires, err := strconv.ParseInt(f[4], 10, 64)
	if err != nil || f[0] == "" || f[5] == "" {
		return nil, false
	}
	c := &http.Cookie{Name: f[5], Domain: strings.TrimPrefix(f[0], "."), Path: f[2], Secure: strings.EqualFold(f[3], "TRUE"), HttpOnly: only}
	if strings.EqualFold(f[1], "TRUE") {
		c.Domain = "." + c.Domain
	}
	if expires != 0 {
		c.Expires = time.Unix(min(expires, endOfTime), 0).UTC()
	}
	if len(f) == 7 {
		c.Value = f[6]
	}
	if n := len(c.Value); n >= 2 && c.Value[0] == '"' && c.Value[n-1] == '"' { // as net/http has it
		c.Value, c.Quoted = c.Value[1:n-1], true
	}
	return c, true
}

// formatCookie is the opposite of parseCookie.
func formatCookie(c *http.Cookie) (string, *CookieError) {
	if c == nil {
		return "", &CookieError{Reason: "is nil"}
	}
	path, value := cmp.Or(c.Path, "/"), c.Value
	if c.Quoted {
		value = `"` + value + `"`
	}
	domain, wide := strings.CutPrefix(c.Domain, ".")
	if reason := cookieFault(c, domain, wide, path); reason != "" {
		return "", &CookieError{Name: c.Name, Reason: reason}
	}
	var expires int64 // 0: with the session
	switch {
	case c.MaxAge < 0:
		expires = 1
	case c.MaxAge > 0:
		expires = time.Now().Unix()
		expires += min(int64(c.MaxAge), endOfTime-expires)
	case !c.Expires.IsZero():
		expires = max(c.Expires.Unix(), 1)
	}
	line := ""
	if c.HttpOnly {
		line = httpOnly
	}
	if wide {
		line += "."
	}
	yes := map[bool]string{true: "TRUE", false: "FALSE"}
	return line + strings.Join([]string{domain, yes[wide], path, yes[c.Secure], strconv.FormatInt(expires, 10), c.Name, value}, "\t"), nil
}

// cookieFault says why libcurl would not keep a cookie, "" if it would.
func cookieFault(c *http.Cookie, domain string, wide bool, path string) string {
	for what, text := range map[string]string{"name": c.Name, "value": c.Value, "domain": domain, "path": path} {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return "a control character in its " + what
		}
	}
	switch {
	case c.Name == "":
		return "it has no name"
	case domain == "":
		return "it has no domain; CookiesFor gives it one"
	case strings.HasPrefix(domain, "#") || strings.HasPrefix(domain, "."):
		return "its domain is no host name"
	case !strings.HasPrefix(path, "/"):
		return "its path does not begin with a slash"
	case strings.HasPrefix(c.Name, "__Secure-") && !c.Secure:
		return "__Secure- in its name asks for Secure"
	case strings.HasPrefix(c.Name, "__Host-") && (!c.Secure || wide || path != "/"):
		return `__Host- in its name asks for Secure, a domain without subdomains and the path "/"`
	}
	return ""
}
