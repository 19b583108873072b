package curl

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A stand-in for a browser-impersonating libcurl is loaded by path; its function and its options work.
func TestStandInForAnImpersonatingLibcurl(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChild(t, "GOCURL_TEST_LIBRARY="+overSystemLibcurl(t, "testdata/impersonate.c"))
		return
	}
	if err := Load(os.Getenv("GOCURL_TEST_LIBRARY")); err != nil {
		t.Fatal(err)
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h, err := New(opt.URL(s.URL("/")))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	sent := func() (agent, referer string) {
		t.Helper()
		if _, err := h.Fetch(context.Background()); err != nil {
			t.Fatal(err)
		}
		requests := s.Requests()
		last := requests[len(requests)-1]
		return last.Header.Get("User-Agent"), last.Header.Get("Referer")
	}

	if code, err := h.Call("curl_easy_impersonate", "browser116", true); err != nil || code != 0 {
		t.Fatal(code, err)
	}
	if agent, _ := sent(); agent != "browser116/1" {
		t.Errorf("the function had no effect: user agent %q", agent)
	}
	if code, err := h.Call("curl_easy_impersonate", "another", 0); err != nil || codes.Easy(code) != codes.BadFunctionArgument {
		t.Error(code, err)
	}
	clone, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	clone.Close()

	id, class, err := OptionNamed("CURLOPT_BROWSER")
	if err != nil || id != 10999 || class != "string" {
		t.Fatal(id, class, err)
	}
	level, class, err := OptionNamed("BROWSER_LEVEL")
	if err != nil || class != "long" {
		t.Fatal(level, class, err)
	}
	if err := h.Set(opt.RawString(id, "by option"), opt.RawLong(level, 7)); err != nil {
		t.Fatal(err)
	}
	if agent, referer := sent(); agent != "by option" || referer != "level-7" {
		t.Errorf("the options had no effect: %q, %q", agent, referer)
	}
	var class2 *ClassError
	if err := h.Set(opt.RawLong(id, 7)); !errors.As(err, &class2) || class2.Want != "string" {
		t.Error(err)
	}
	h.Close()
	if _, err := h.Call("curl_easy_impersonate", "browser", 0); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

func TestCallsThatAreRefused(t *testing.T) {
	h := fresh(t)
	for _, c := range []struct {
		function string
		args     []any
	}{
		{"curl_easy_cleanup", nil}, {"curl_easy_perform", nil}, {"", nil}, {"a\x00b", nil},
		{"curl_easy_x", []any{1, 2, 3, 4, 5}}, {"curl_easy_x", []any{1.5}}, {"curl_easy_x", []any{nil}},
		{"curl_easy_x", []any{"a\x00"}}, {"curl_easy_x", []any{uint32(1 << 31)}}, {"curl_easy_x", []any{[]byte("x")}},
	} {
		var refused *CallError
		if _, err := h.Call(c.function, c.args...); !errors.As(err, &refused) || refused.Function != c.function {
			t.Errorf("%q with %v: %v", c.function, c.args, err)
		}
	}
	// What other libraries have is not libcurl's.
	for _, name := range []string{"curl_easy_impersonate", "exit", "SSL_new", "main"} {
		if _, err := h.Call(name, "x", 1, true); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"CURLOPT_BROWSER", "", "\x00"} {
		if id, _, err := OptionNamed(name); !errors.Is(err, ErrNoOption) {
			t.Errorf("%q is option %d, %v", name, id, err)
		}
	}
	if id, class, err := OptionNamed("CURLOPT_USERAGENT"); err != nil || id != opt.IDUserAgent || class != "string" {
		t.Error(id, class, err)
	}
}
