package curl_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// parsed makes a URL that is closed when the test ends.
func parsed(t testing.TB, text string, flags ...curl.URLFlag) *curl.URL {
	t.Helper()
	u, err := curl.ParseURL(text, flags...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	t.Cleanup(func() {
		if err := u.Close(); err != nil {
			t.Error(err)
		}
	})
	return u
}

const everyPart = "imap://me;AUTH=PLAIN:secret@[fe80::1%25eth0]:1430/box/;UID=7?a=b%20c#top"

func TestURLParts(t *testing.T) {
	t.Parallel()
	u := parsed(t, everyPart)
	want := map[curl.URLPart]string{
		curl.PartURL: everyPart, curl.PartScheme: "imap", curl.PartUser: "me", curl.PartPassword: "secret", curl.PartOptions: "AUTH=PLAIN",
		curl.PartHost: "[fe80::1]", curl.PartZoneID: "eth0", curl.PartPort: "1430", curl.PartPath: "/box/;UID=7", curl.PartQuery: "a=b%20c",
		curl.PartFragment: "top",
	}
	// The options follow the password where they are written first.
	want[curl.PartURL] = strings.Replace(everyPart, ";AUTH=PLAIN:secret", ":secret;AUTH=PLAIN", 1)
	for part := curl.PartURL; part <= curl.PartZoneID; part++ {
		got, err := u.Get(part)
		if err != nil || got != want[part] {
			t.Errorf("%v: %q, %v, want %q", part, got, err, want[part])
		}
		if !u.Has(part) {
			t.Errorf("%v: Has says no", part)
		}
	}
	if u.String() != want[curl.PartURL] {
		t.Error(u)
	}
	var order []string
	for part, text := range u.Parts(curl.URLDecode) {
		order = append(order, part.String()+"="+text)
	}
	wantLines(t, order, "scheme=imap", "user=me", "password=secret", "options=AUTH=PLAIN", "host=[fe80::1]", "zoneid=eth0", "port=1430",
		"path=/box/;UID=7", "query=a=b c", "fragment=top")
	for range u.Parts() {
		break // is allowed
	}
}

// The numbers, and when libcurl got what it has not always had, are those of the headers.
func TestURLConstantsAreLibcurls(t *testing.T) {
	t.Parallel()
	symbols := headerSymbols(t)
	for name, value := range map[string]int{
		"CURLUPART_URL": int(curl.PartURL), "CURLUPART_SCHEME": int(curl.PartScheme), "CURLUPART_USER": int(curl.PartUser),
		"CURLUPART_PASSWORD": int(curl.PartPassword), "CURLUPART_OPTIONS": int(curl.PartOptions), "CURLUPART_HOST": int(curl.PartHost),
		"CURLUPART_PORT": int(curl.PartPort), "CURLUPART_PATH": int(curl.PartPath), "CURLUPART_QUERY": int(curl.PartQuery),
		"CURLUPART_FRAGMENT": int(curl.PartFragment), "CURLUPART_ZONEID": int(curl.PartZoneID),
		"CURLU_DEFAULT_PORT": int(curl.URLDefaultPort), "CURLU_NO_DEFAULT_PORT": int(curl.URLNoDefaultPort),
		"CURLU_DEFAULT_SCHEME": int(curl.URLDefaultScheme), "CURLU_NON_SUPPORT_SCHEME": int(curl.URLNonSupportScheme),
		"CURLU_PATH_AS_IS": int(curl.URLPathAsIs), "CURLU_DISALLOW_USER": int(curl.URLDisallowUser), "CURLU_URLDECODE": int(curl.URLDecode),
		"CURLU_URLENCODE": int(curl.URLEncode), "CURLU_APPENDQUERY": int(curl.URLAppendQuery), "CURLU_GUESS_SCHEME": int(curl.URLGuessScheme),
		"CURLU_NO_AUTHORITY": int(curl.URLNoAuthority), "CURLU_ALLOW_SPACE": int(curl.URLAllowSpace), "CURLU_PUNYCODE": int(curl.URLPunycode),
		"CURLU_PUNY2IDN": int(curl.URLPunyToIDN), "CURLU_GET_EMPTY": int(curl.URLGetEmpty), "CURLU_NO_GUESS_SCHEME": int(curl.URLNoGuessScheme),
	} {
		if s, ok := symbols[name]; !ok || s.value != value {
			t.Errorf("%s is %d, in libcurl %d", name, value, s.value)
		}
		delete(symbols, name)
	}
	for name := range symbols {
		if strings.HasPrefix(name, "CURLUPART_") || strings.HasPrefix(name, "CURLU_") {
			t.Errorf("%s has no constant", name)
		}
	}
}

func TestURLChangesPartByPart(t *testing.T) {
	t.Parallel()
	u := parsed(t, "https://example.com/a?x=1")
	for _, s := range []struct {
		part  curl.URLPart
		text  string
		flags []curl.URLFlag
		want  string
	}{
		{curl.PartScheme, "ftp", nil, "ftp://example.com/a?x=1"},
		{curl.PartHost, "example.org", nil, "ftp://example.org/a?x=1"},
		{curl.PartPort, "2121", nil, "ftp://example.org:2121/a?x=1"},
		{curl.PartPath, "b c", []curl.URLFlag{curl.URLEncode}, "ftp://example.org:2121/b%20c?x=1"},
		{curl.PartQuery, "y=2&z", []curl.URLFlag{curl.URLAppendQuery, curl.URLEncode}, "ftp://example.org:2121/b%20c?x=1&y=2%26z"},
		{curl.PartUser, "me", nil, "ftp://me@example.org:2121/b%20c?x=1&y=2%26z"},
		{curl.PartPassword, "p/w", []curl.URLFlag{curl.URLEncode}, "ftp://me:p%2Fw@example.org:2121/b%20c?x=1&y=2%26z"},
		{curl.PartFragment, "end", nil, "ftp://me:p%2Fw@example.org:2121/b%20c?x=1&y=2%26z#end"},
		{curl.PartURL, "../up?q", nil, "ftp://me:p%2Fw@example.org:2121/up?q"},
		{curl.PartURL, "//other.example/", nil, "ftp://other.example/"},
	} {
		if err := u.Set(s.part, s.text, s.flags...); err != nil {
			t.Errorf("%v=%s: %v", s.part, s.text, err)
		}
		if !strings.EqualFold(u.String(), s.want) { // 7.88.1 and older encode in lower case
			t.Errorf("%v=%s: %v, want %s", s.part, s.text, u, s.want)
		}
	}
	for _, part := range []curl.URLPart{curl.PartScheme, curl.PartPath, curl.PartURL} {
		if err := u.Unset(part); err != nil {
			t.Error(err)
		}
	}
	if u.String() != "" || u.Has(curl.PartHost) {
		t.Error(u)
	}
	if err := u.Parse("https://again.example"); err != nil || u.String() != "https://again.example/" {
		t.Error(u, err)
	}
}

func TestURLFlags(t *testing.T) {
	t.Parallel()
	for _, s := range []struct {
		name  string
		since uint32
		text  string
		set   curl.URLFlag
		part  curl.URLPart
		get   curl.URLFlag
		want  string
	}{
		{"DEFAULT_PORT", 0, "https://h/", 0, curl.PartPort, curl.URLDefaultPort, "443"},
		{"NO_DEFAULT_PORT", 0, "https://h:443/", 0, curl.PartURL, curl.URLNoDefaultPort, "https://h/"},
		{"DEFAULT_SCHEME", 0, "ftp.h/", curl.URLDefaultScheme, curl.PartScheme, 0, "https"},
		{"NON_SUPPORT_SCHEME", 0, "zz://h/", curl.URLNonSupportScheme, curl.PartScheme, 0, "zz"},
		{"PATH_AS_IS", 0, "http://h/a/../b", curl.URLPathAsIs, curl.PartPath, 0, "/a/../b"},
		{"without PATH_AS_IS", 0, "http://h/a/../b", 0, curl.PartPath, 0, "/b"},
		{"URLDECODE", 0, "http://h/?a+b%21", 0, curl.PartQuery, curl.URLDecode, "a b!"},
		{"GUESS_SCHEME", 0, "ftp.h/", curl.URLGuessScheme, curl.PartScheme, 0, "ftp"},
		{"NO_AUTHORITY", 0x074300, "zz:///x", curl.URLNoAuthority | curl.URLNonSupportScheme, curl.PartScheme, 0, "zz"},
		{"ALLOW_SPACE", 0x074e00, "http://h/a b", curl.URLAllowSpace, curl.PartPath, 0, "/a b"},
		{"ALLOW_SPACE, URLENCODE", 0x074e00, "http://h/a b", curl.URLAllowSpace | curl.URLEncode, curl.PartPath, 0, "/a%20b"},
		{"PUNYCODE", 0x075800, "http://räksmörgås.se/", 0, curl.PartHost, curl.URLPunycode, "xn--rksmrgs-5wao1o.se"},
		{"PUNY2IDN", 0x080300, "http://xn--rksmrgs-5wao1o.se/", 0, curl.PartHost, curl.URLPunyToIDN, "räksmörgås.se"},
		{"GET_EMPTY", 0x080800, "http://h/?#", 0, curl.PartURL, curl.URLGetEmpty, "http://h/?#"},
		{"NO_GUESS_SCHEME", 0x080900, "h/x", curl.URLGuessScheme, curl.PartURL, curl.URLNoGuessScheme, "h/x"},
	} {
		t.Run(s.name, func(t *testing.T) {
			u, err := curl.ParseURL(s.text, s.set)
			got := ""
			if err == nil {
				got, err = u.Get(s.part, s.get)
			}
			if errors.Is(err, curl.ErrNoCgo) {
				t.Skip("this build has no libcurl at all")
			}
			if olderThan(t, s.since) {
				var e *curl.UnsupportedError
				if !errors.As(err, &e) || !strings.HasPrefix(e.What, "CURLU_") || e.Need == "" {
					t.Errorf("%q, %v, want an UnsupportedError", got, err)
				}
			} else if v, _ := curl.Version(); strings.Contains(s.name, "PUNY") && !v.Features.Has(curl.FeatureIDN) {
				if !errors.Is(err, codes.URLLacksIDN) {
					t.Errorf("%q, %v, want URLLacksIDN", got, err)
				}
			} else if err != nil || got != s.want {
				t.Errorf("%q, %v, want %q", got, err, s.want)
			}
		})
	}
	if u, err := curl.ParseURL("http://me@h/", curl.URLDisallowUser); !errors.Is(err, codes.URLUserNotAllowed) {
		t.Error(u, err)
	}
	u := parsed(t, "http://h/")
	if err := u.Set(curl.PartPath, "/", curl.URLNoGuessScheme<<1); err == nil {
		t.Error("a flag that does not exist is accepted")
	}
}

func TestURLErrors(t *testing.T) {
	t.Parallel()
	u := parsed(t, "http://h/")
	for part := curl.PartUser; part <= curl.PartZoneID; part++ {
		_, err := u.Get(part)
		var e *curl.URLError
		switch missing := part != curl.PartHost && part != curl.PartPath; {
		case !missing && err != nil:
			t.Error(part, err)
		case missing && (!errors.Is(err, curl.ErrNoPart) || !errors.As(err, &e) || e.Part != part || !errors.Is(err, e.Code)):
			t.Errorf("%v: %v, want ErrNoPart", part, err)
		}
	}
	for _, s := range []struct {
		part curl.URLPart
		text string
		want codes.URL
	}{
		{curl.PartPort, "65536", codes.URLBadPortNumber},
		{curl.PartScheme, "zz", codes.URLUnsupportedScheme},
		{curl.PartURL, "zz://h/", codes.URLUnsupportedScheme},
		{curl.PartPath, "/a\x00b", codes.URLMalformedInput},
		{curl.PartZoneID + 1, "", codes.URLUnknownPart},
		{-1, "", codes.URLUnknownPart},
	} {
		err := u.Set(s.part, s.text)
		if !errors.Is(err, s.want) || errors.Is(err, curl.ErrNoPart) {
			t.Errorf("%v=%q: %v, want %v", s.part, s.text, err, s.want)
		}
		if u.String() != "http://h/" {
			t.Errorf("%v=%q has changed it to %v", s.part, s.text, u)
		}
	}
	_, err := curl.ParseURL("http://me:secret@h:port/")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v: an error must not hold a password", err)
	}
	if _, err := curl.ParseURL("a/b"); err == nil {
		t.Error("a relative URL is one without a base")
	}
	var none *curl.URLError
	if _, err := curl.URLFrom(nil); !errors.As(err, &none) { // once a nil dereference
		t.Errorf("a nil *url.URL: %v", err)
	}
}

func TestURLClosed(t *testing.T) {
	t.Parallel()
	u := parsed(t, "http://h/")
	c, err := u.Clone()
	if err != nil {
		t.Fatal(err)
	}
	u.Close()
	if c.String() != "http://h/" {
		t.Error("the clone went with the original")
	}
	c.Close()
	for _, u := range []*curl.URL{u, c, {}, nil} {
		_, get := u.Get(curl.PartURL)
		_, clone := u.Clone()
		_, net := u.NetURL()
		for i, err := range []error{get, clone, net, u.Set(curl.PartHost, "x"), u.Unset(curl.PartHost), u.Parse("http://x/")} {
			var e *curl.StateError
			if !errors.Is(err, curl.ErrClosed) || !errors.Is(err, curl.ErrURLClosed) || !errors.As(err, &e) || e.State != "closed" {
				t.Errorf("call %d: %v", i, err)
			}
		}
		if err := u.Close(); err != nil {
			t.Error(err)
		}
		for range u.Parts() {
			t.Error("a closed URL has parts")
		}
		if u.String() != "" || u.Has(curl.PartHost) {
			t.Error("a closed URL has a host")
		}
	}
}

// Many goroutines use one URL. What they read is always something that one of them has written.
func TestURLIsForManyGoroutines(t *testing.T) {
	t.Parallel()
	u := parsed(t, "http://h/0")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 200 {
				text := "http://h/" + strings.Repeat(string(rune('0'+i)), 40)
				if err := u.Parse(text); err != nil {
					t.Error(err)
				}
				path, err := u.Get(curl.PartPath)
				if err != nil || strings.Count(path, path[1:2]) != len(path)-1 {
					t.Errorf("%q, %v", path, err)
				}
				if c, err := u.Clone(); err != nil || slices.Contains([]string{"", "/"}, c.String()) {
					t.Error(c, err)
				} else {
					c.Close()
				}
			}
		})
	}
	all.Wait()
}
