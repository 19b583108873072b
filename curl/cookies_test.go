package curl_test

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// cookieLines writes cookies in the order of their names.
func cookieLines(t *testing.T, list []*http.Cookie, err error) []string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range list {
		expires := "session"
		if !c.Expires.IsZero() {
			expires = c.Expires.Format(time.DateTime)
		}
		lines = append(lines, fmt.Sprintf("%s=%s for %s%s until %s secure=%v httponly=%v quoted=%v", c.Name, c.Value, c.Domain, c.Path, expires, c.Secure, c.HttpOnly, c.Quoted))
	}
	slices.Sort(lines)
	return lines
}

var later = time.Date(2036, 5, 4, 3, 2, 1, 0, time.UTC)

var manyCookies = []*http.Cookie{
	{Name: "a", Value: "1", Domain: "127.0.0.1"},
	{Name: "b", Value: "x y=z;\"", Domain: ".example.com", Path: "/p q", Expires: later, Secure: true},
	{Name: "c", Value: "", Domain: "example.com", Path: "/", HttpOnly: true},
	{Name: "d", Value: "q", Quoted: true, Domain: "example.com"},
	{Name: "__Host-e", Value: "é", Domain: "example.com", Secure: true},
}

var manyLines = []string{
	"__Host-e=é for example.com/ until session secure=true httponly=false quoted=false",
	"a=1 for 127.0.0.1/ until session secure=false httponly=false quoted=false",
	`b=x y=z;" for .example.com/p q until 2036-05-04 03:02:01 secure=true httponly=false quoted=false`,
	"c= for example.com/ until session secure=false httponly=true quoted=false",
	"d=q for example.com/ until session secure=false httponly=false quoted=true",
}

func TestCookiesInAndOut(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/cookies?from=server")))
	list, err := h.Cookies()
	if err != nil || list != nil {
		t.Error(list, err)
	}
	if err := h.SetCookies(manyCookies...); err != nil {
		t.Fatal(err)
	}
	list, err = h.Cookies()
	wantLines(t, cookieLines(t, list, err), manyLines...)
	body, err := h.Fetch(bounded(t))
	if err != nil || !strings.Contains(string(body), "a=1") {
		t.Errorf("%q, %v", body, err)
	}
	list, err = h.Cookies()
	wantLines(t, cookieLines(t, list, err), append(slices.Clone(manyLines), "from=server for 127.0.0.1/ until session secure=false httponly=false quoted=false")...)

	other := handleWith(t) // what one has learned is for another
	if err := other.SetCookies(list...); err != nil {
		t.Fatal(err)
	}
	moved, err := other.Cookies()
	if !slices.Equal(cookieLines(t, moved, err), cookieLines(t, list, nil)) {
		t.Errorf("%q", cookieLines(t, moved, err))
	}
}

func TestCookiesAreReplacedAndDeleted(t *testing.T) {
	t.Parallel()
	h := handleWith(t)
	set := func(c http.Cookie, want ...string) {
		t.Helper()
		c.Name, c.Domain = "a", "h.example"
		if err := h.SetCookies(&c); err != nil {
			t.Fatal(err)
		}
		list, err := h.Cookies()
		wantLines(t, cookieLines(t, list, err), want...)
	}
	const rest = " secure=false httponly=false quoted=false"
	set(http.Cookie{Value: "1"}, "a=1 for h.example/ until session"+rest)
	set(http.Cookie{Value: "2", Expires: later}, "a=2 for h.example/ until 2036-05-04 03:02:01"+rest)
	set(http.Cookie{Value: "3", Path: "/p"}, "a=2 for h.example/ until 2036-05-04 03:02:01"+rest, "a=3 for h.example/p until session"+rest)
	set(http.Cookie{MaxAge: -1}, "a=3 for h.example/p until session"+rest)
	set(http.Cookie{Path: "/p", Expires: time.Unix(-1, 0)})
	if err := h.SetCookies(&http.Cookie{Name: "m", Value: "1", Domain: "h.example", MaxAge: 3600}); err != nil {
		t.Fatal(err)
	}
	list, err := h.Cookies()
	if err != nil || len(list) != 1 || time.Until(list[0].Expires) > time.Hour || time.Until(list[0].Expires) < 50*time.Minute {
		t.Error(list, err)
	}
}

// A MaxAge of more than 292 years came to a time in the past, and the largest number that libcurl has did, too.
func TestCookiesThatLastForEver(t *testing.T) {
	t.Parallel()
	h := handleWith(t)
	for _, age := range []int{math.MaxInt32, math.MaxInt >> 29, math.MaxInt} {
		if err := h.SetCookies(&http.Cookie{Name: fmt.Sprint("c", age), Value: "1", Domain: "h.example", MaxAge: age}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := h.Cookies()
	if err != nil || len(list) < 2 { // three where an int has 64 bits
		t.Error(list, err)
	}
	list, err = curl.ReadCookies(strings.NewReader("h.example\tFALSE\t/\tFALSE\t9223372036854775807\ta\tb\n"))
	if err != nil || len(list) != 1 || list[0].Expires.Year() != 9999 {
		t.Error(list, err)
	}
}

func TestCookiesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	h := handleWith(t)
	good := &http.Cookie{Name: "good", Domain: "h.example"}
	for reason, c := range map[string]*http.Cookie{
		"nil":                             nil,
		"control character in its name":   {Name: "a\tb", Domain: "h"},
		"control character in its value":  {Name: "a", Value: "1\r\nALL", Domain: "h"},
		"control character in its domain": {Name: "a", Domain: "h\x00"},
		"control character in its path":   {Name: "a", Domain: "h", Path: "/\n"},
		"no name":                         {Domain: "h"},
		"no domain":                       {Name: "a"},
		"no host name":                    {Name: "a", Domain: "#HttpOnly_h"},
		"begin with a slash":              {Name: "a", Domain: "h", Path: "TRUE"},
		"asks for Secure":                 {Name: "__Secure-a", Domain: "h"},
		"asks for Secure, a domain":       {Name: "__Host-a", Domain: ".h", Secure: true},
	} {
		err := h.SetCookies(good, c)
		var e *curl.CookieError
		if !errors.As(err, &e) || e.Index != 1 || !strings.Contains(e.Reason, reason) || !strings.HasPrefix(err.Error(), "curl: cookie 1 (") {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if list, err := h.Cookies(); err != nil || len(list) != 0 {
		t.Error("some were set", list, err)
	}
	h.Close()
	if err := h.SetCookies(good); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
	if _, err := h.Cookies(); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

// The state table says the same of them as of the option and the info behind them.
func TestCookiesDuringATransfer(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	h = handleWith(t, opt.URL(s.URL("/cookies?seen=1")), opt.CookieFile(""), opt.WriteFunction(func([]byte) error {
		if list, err := h.Cookies(); err != nil || len(list) != 1 || list[0].Name != "seen" {
			t.Error(list, err)
		}
		if err := h.SetCookies(manyCookies...); !errors.Is(err, curl.ErrBusy) {
			t.Error(err)
		}
		return nil
	}))
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
}

func TestCookiesOfANetHTTPResponse(t *testing.T) {
	t.Parallel()
	r := &http.Response{Header: http.Header{"Set-Cookie": {"own=1; Path=/", "wide=2; Domain=example.com", "dotted=3; Domain=.example.com"}}}
	h := handleWith(t)
	if err := h.SetCookies(curl.CookiesFor("www.example.com", r.Cookies()...)...); err != nil {
		t.Fatal(err)
	}
	list, err := h.Cookies()
	const rest = " until session secure=false httponly=false quoted=false"
	wantLines(t, cookieLines(t, list, err), "dotted=3 for .example.com/"+rest, "own=1 for www.example.com/"+rest, "wide=2 for .example.com/"+rest)
}

// A file is read and written as libcurl does it.
func TestCookieFiles(t *testing.T) {
	t.Parallel()
	var ours strings.Builder
	if err := curl.WriteCookies(&ours, manyCookies...); err != nil {
		t.Fatal(err)
	}
	list, err := curl.ReadCookies(strings.NewReader(ours.String() + "\n# comment\nno\tcookie\n.x\tTRUE\t/\tFALSE\tsoon\ta\tb\r\n"))
	wantLines(t, cookieLines(t, list, err), manyLines...)
	if err := curl.WriteCookies(&ours, &http.Cookie{Name: "a"}); err == nil {
		t.Error("a cookie without domain was written")
	}
	if _, err := curl.ReadCookies(strings.NewReader(strings.Repeat("x", 2<<20))); err == nil {
		t.Error("a line of 2 MiB was read")
	}

	file := filepath.Join(t.TempDir(), "cookies")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	jar := handleWith(t, opt.CookieJar(file), opt.URL(s.URL("/")))
	if err := jar.SetCookies(manyCookies...); err != nil {
		t.Fatal(err)
	}
	arrives(t, jar, "hello\n") // without a transfer 8.22.0 writes no file
	jar.Close()
	theirs, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	list, err = curl.ReadCookies(theirs)
	wantLines(t, cookieLines(t, list, err), manyLines...)

	if err := os.WriteFile(file, []byte(ours.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	h := handleWith(t, opt.URL(s.URL("/")), opt.CookieFile(file))
	arrives(t, h, "hello\n")
	list, err = h.Cookies()
	wantLines(t, cookieLines(t, list, err), manyLines...)
}

// The members of a share have one jar.
func TestCookiesInAShare(t *testing.T) {
	t.Parallel()
	a, b := easy(t, opt.CookieFile("")), easy(t, opt.CookieFile(""))
	share, err := curl.NewConfinedShare(curl.ShareCookies)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []*curl.Easy{a, b} {
		if err := share.Attach(h); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.SetCookies(manyCookies...); err != nil {
		t.Fatal(err)
	}
	list, err := b.Cookies()
	wantLines(t, cookieLines(t, list, err), manyLines...)
	if err := share.Close(); err != nil {
		t.Error(err)
	}
}

// These used to end in a nil dereference.
func TestCookiesFromAndToNothing(t *testing.T) {
	if _, err := curl.ReadCookies(nil); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("ReadCookies: %v", err)
	}
	if err := curl.WriteCookies(nil, &http.Cookie{Name: "a", Domain: "b"}); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("WriteCookies: %v", err)
	}
	cookies := curl.CookiesFor("b", &http.Cookie{Name: "a"}, nil)
	var refused *curl.CookieError
	if err := newHandle(t).SetCookies(cookies...); !errors.As(err, &refused) || refused.Index != 1 {
		t.Errorf("SetCookies of none: %v", err)
	}
}
