package curl_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// refusedURL is for a URL that a parser does not accept.
const refusedURL = "refused"

// urlRow is what libcurl and net/url make of a text, written out again by each.
type urlRow struct {
	text, curl, net string
	why             string // they differ; "" when they do not
	since           uint32 // the first of our libcurls that does this ...
	old             string // ... and what the others do
}

// urlCorpus compares the two. Whoever checks a URL with one of them and has the other fetch it needs to know each row.
var urlCorpus = []urlRow{
	{text: "http://example.com/", curl: "http://example.com/", net: "http://example.com/"},
	{text: "https://user:pass@example.com:8443/a/b?x=1&y=2#frag", curl: "https://user:pass@example.com:8443/a/b?x=1&y=2#frag", net: "https://user:pass@example.com:8443/a/b?x=1&y=2#frag"},
	{text: "HTTP://EXAMPLE.com/Path", curl: "http://EXAMPLE.com/Path", net: "http://EXAMPLE.com/Path"},
	{text: "http://example.com:80/", curl: "http://example.com:80/", net: "http://example.com:80/"},
	{text: "http://example.com/%7euser/%2F", curl: "http://example.com/%7euser/%2F", net: "http://example.com/%7euser/%2F"},
	{text: "http://example.com/a//b;p?q", curl: "http://example.com/a//b;p?q", net: "http://example.com/a//b;p?q"},
	{text: "http://example.com/?a=b?c/d", curl: "http://example.com/?a=b?c/d", net: "http://example.com/?a=b?c/d"},
	{text: "http://example.com./", curl: "http://example.com./", net: "http://example.com./"},
	{text: "http://exa_mple.com/", curl: "http://exa_mple.com/", net: "http://exa_mple.com/"},
	{text: "http://:pass@example.com/", curl: "http://:pass@example.com/", net: "http://:pass@example.com/"},
	{text: "http://us%40er@example.com/", curl: "http://us%40er@example.com/", net: "http://us%40er@example.com/"},
	{text: "http://user%00@example.com/%00", curl: "http://user%00@example.com/%00", net: "http://user%00@example.com/%00"},
	{text: "http://example.com:80@evil/", curl: "http://example.com:80@evil/", net: "http://example.com:80@evil/"},
	{text: "imap://me;AUTH=PLAIN@example.com/", curl: "imap://me;AUTH=PLAIN@example.com/", net: "imap://me;AUTH=PLAIN@example.com/"},
	{text: "ftp://example.com/%2fetc;type=a", curl: "ftp://example.com/%2fetc;type=a", net: "ftp://example.com/%2fetc;type=a"},
	{text: "file:///etc/passwd", curl: "file:///etc/passwd", net: "file:///etc/passwd"},
	{text: "http://[::1]:80/", curl: "http://[::1]:80/", net: "http://[::1]:80/"},
	{text: "http://[fe80::1%25eth0]/", curl: "http://[fe80::1%25eth0]/", net: "http://[fe80::1%25eth0]/"},
	{text: "http://1.2.3.4.5/", curl: "http://1.2.3.4.5/", net: "http://1.2.3.4.5/"},
	{text: "http://example.com/..;/", curl: "http://example.com/..;/", net: "http://example.com/..;/"},
	{text: "http://example.com:port/", curl: refusedURL, net: refusedURL},
	{text: "http://example.com/\x7f", curl: refusedURL, net: refusedURL},
	{text: "http://example.com/\n", curl: refusedURL, net: refusedURL},
	{text: " http://example.com/", curl: refusedURL, net: refusedURL},
	{text: "http://[::1", curl: refusedURL, net: refusedURL},
	{text: "http://ex ample.com/", curl: refusedURL, net: refusedURL},
	{text: "http://example.com\\x", curl: refusedURL, net: refusedURL, since: 0x075801, old: "http://example.com\\x/"},
	{text: "http://%00/", curl: refusedURL, net: refusedURL, since: 0x075801, old: "http://%00/"},

	{text: "http://example.com", curl: "http://example.com/", net: "http://example.com", why: "libcurl gives every URL a path"},
	{text: "http://example.com?q", curl: "http://example.com/?q", net: "http://example.com?q", why: "libcurl gives every URL a path"},
	{text: "http://evil#@example.com/", curl: "http://evil/#@example.com/", net: "http://evil#@example.com/", why: "libcurl gives every URL a path"},
	{text: "http://example.com/a/../b/./c", curl: "http://example.com/b/c", net: "http://example.com/a/../b/./c", why: "libcurl removes dot segments, unless URLPathAsIs says no"},
	{text: "http://example.com/..", curl: "http://example.com/", net: "http://example.com/..", why: "libcurl removes dot segments, unless URLPathAsIs says no"},
	{text: "http://example.com/?", curl: "http://example.com/", net: "http://example.com/?", why: "an empty query is none for libcurl, unless URLGetEmpty asks for it"},
	{text: "http://example.com/#", curl: "http://example.com/", net: "http://example.com/"},
	{text: "http://127.1/", curl: "http://127.0.0.1/", net: "http://127.1/", why: "libcurl writes each form of an IPv4 address in the same way", since: 0x075801, old: "http://127.1/"},
	{text: "http://0x7f.1/", curl: "http://127.0.0.1/", net: "http://0x7f.1/", why: "libcurl writes each form of an IPv4 address in the same way", since: 0x075801, old: "http://0x7f.1/"},
	{text: "http://2130706433/", curl: "http://127.0.0.1/", net: "http://2130706433/", why: "libcurl writes each form of an IPv4 address in the same way", since: 0x075801, old: "http://2130706433/"},
	{text: "http://example.com:/", curl: "http://example.com/", net: "http://example.com:/", why: "libcurl drops the colon before no port"},
	{text: "http://example.com:080/", curl: "http://example.com:80/", net: "http://example.com:080/", why: "libcurl reads the port as a number"},
	{text: "http://example.com:65536/", curl: refusedURL, net: "http://example.com:65536/", why: "libcurl reads the port as a number, of 16 bits"},
	{text: "http://example.com:0/", curl: "http://example.com:0/", net: "http://example.com:0/", since: 0x075801, old: refusedURL},
	{text: "file://localhost/etc/passwd", curl: "file:///etc/passwd", net: "file://localhost/etc/passwd", why: "a file is local for libcurl"},
	{text: "file://host/etc/passwd", curl: refusedURL, net: "file://host/etc/passwd", why: "a file is local for libcurl"},
	{text: "http:/path", curl: "http://path/", net: "http:/path", why: "libcurl takes one to three slashes for two, as browsers do: what net/url has for a path becomes the host"},
	{text: "http:///path", curl: "http://path/", net: "http:///path", why: "libcurl takes one to three slashes for two, as browsers do: what net/url has for a path becomes the host"},
	{text: "http:////example.com/", curl: refusedURL, net: "http:////example.com/", why: "and no more of them"},

	{text: "http:path", curl: refusedURL, net: "http:path", why: "libcurl knows no opaque URLs"},
	{text: "mailto:me@example.com", curl: refusedURL, net: "mailto:me@example.com", why: "libcurl knows no opaque URLs"},
	{text: "//example.com/x", curl: refusedURL, net: "//example.com/x", why: "a relative URL needs one that it is relative to"},
	{text: "/x", curl: refusedURL, net: "/x", why: "a relative URL needs one that it is relative to"},
	{text: "", curl: refusedURL, net: "", why: "a relative URL needs one that it is relative to"},
	{text: "example.com", curl: refusedURL, net: "example.com", why: "libcurl takes this for a host, when URLGuessScheme or URLDefaultScheme is given; net/url takes it for a path"},
	{text: "zz://example.com/", curl: refusedURL, net: "zz://example.com/", why: "libcurl refuses what it has no protocol for, unless URLNonSupportScheme is given"},
	{text: "http://", curl: refusedURL, net: "http:", why: "libcurl wants a host, unless URLNoAuthority is given"},
	{text: "http://user@/", curl: refusedURL, net: "http://user@/", why: "libcurl wants a host, unless URLNoAuthority is given"},

	{text: "http://example.com/a b", curl: refusedURL, net: "http://example.com/a%20b", why: "libcurl refuses spaces, unless URLAllowSpace is given; net/url encodes them", since: 0x075801, old: "http://example.com/a b"},
	{text: "http://example.com/\\x", curl: "http://example.com/\\x", net: "http://example.com/%5Cx", why: "libcurl keeps what net/url encodes"},
	{text: "http://example.com/ü", curl: "http://example.com/ü", net: "http://example.com/%C3%BC", why: "libcurl keeps what net/url encodes"},
	{text: "http://example.com/#a#b", curl: "http://example.com/#a#b", net: "http://example.com/#a%23b", why: "libcurl keeps what net/url encodes"},
	{text: "http://user:pa:ss@example.com/", curl: "http://user:pa:ss@example.com/", net: "http://user:pa%3Ass@example.com/", why: "libcurl keeps what net/url encodes"},
	{text: "http://räksmörgås.se/", curl: "http://räksmörgås.se/", net: "http://r%C3%A4ksm%C3%B6rg%C3%A5s.se/", why: "libcurl keeps what net/url encodes"},
	{text: "http://user:@example.com/", curl: "http://user:@example.com/", net: "http://user:@example.com/", since: 0x075801, old: "http://user@example.com/"},
	{text: "http://a@b@example.com/", curl: refusedURL, net: "http://a%40b@example.com/", why: "a second @ is part of the host for libcurl, which refuses it there; of the user name for net/url", since: 0x075801, old: "http://a@b@example.com/"},
	{text: "http://evil\\@example.com/", curl: "http://evil\\@example.com/", net: refusedURL, why: "libcurl takes any character in a user name; browsers would end the host before the backslash"},
	{text: "http://example.com/%zz", curl: "http://example.com/%zz", net: refusedURL, why: "libcurl does not look at what follows a % outside the host"},
	{text: "http://exa%6dple.com/", curl: "http://example.com/", net: refusedURL, why: "libcurl decodes the host", since: 0x075801, old: "http://exa%6dple.com/"},
	{text: "http://[fe80::1%eth0]/", curl: "http://[fe80::1%25eth0]/", net: refusedURL, why: "libcurl takes a zone with a bare %, too"},
}

func TestURLBesideNetURL(t *testing.T) {
	t.Parallel()
	for _, r := range urlCorpus {
		want, why := r.curl, r.why
		if old := olderThan(t, r.since); old {
			want, why = r.old, "this libcurl is older"
			if r.old == r.net {
				why = ""
			}
		}
		net := refusedURL
		if u, err := url.Parse(r.text); err == nil {
			net = u.String()
		}
		got := refusedURL
		u, err := curl.ParseURL(r.text)
		if errors.Is(err, curl.ErrNoCgo) {
			t.Skip("this build has no libcurl at all")
		}
		if err == nil {
			got = u.String()
			if want == r.curl {
				toAndFro(t, u)
			}
			u.Close()
		}
		if got != want || net != r.net || (got == net) != (why == "") {
			t.Errorf("%q: libcurl %q, want %q; net/url %q, want %q; they differ: %v, because %q (%v)", r.text, got, want, net, r.net, got != net, why, err)
		}
	}
}

// toAndFro converts to net/url's and back again; what net/url encodes may differ then, the place may not.
func toAndFro(t *testing.T, u *curl.URL) {
	t.Helper()
	net, err := u.NetURL()
	if err != nil {
		return
	}
	back, err := curl.URLFrom(net)
	if err != nil {
		t.Errorf("%v: net/url's %v: %v", u, net, err)
		return
	}
	defer back.Close()
	for _, part := range []curl.URLPart{curl.PartScheme, curl.PartUser, curl.PartPassword, curl.PartHost, curl.PartPort, curl.PartPath, curl.PartQuery} {
		want, _ := u.Get(part, curl.URLDecode)
		got, err := back.Get(part, curl.URLDecode)
		if got != want && !errors.Is(err, codes.URLDecodeFailed) {
			t.Errorf("%v: %v is %q after net/url, was %q (%v)", u, part, got, want, err)
		}
	}
}
