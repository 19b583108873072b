package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl 8.14.1 and 8.22.0 keep a part of NOBODY through curl_easy_reset.
func TestResetAfterNoBodyFetchesTheBody(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.NoBody(true))
	if err := h.Reset(); err != nil {
		t.Fatal(err)
	}
	set(t, h, opt.URL(s.URL("/echo")))
	if got := echo(t, h); got.Method != "GET" {
		t.Errorf("a %s request", got.Method)
	}
}

// libcurl keeps its pointer to the list through curl_easy_reset, and walks it in the next transfer.
func TestResetForgetsTheResolveList(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 20 {
		h := newHandle(t, opt.Resolve([]string{"kept.example:80:192.0.2.1"}))
		if err := h.Reset(); err != nil {
			t.Fatal(err)
		}
		set(t, h, opt.URL(s.URL("/")))
		if got := text(t, h); got != "hello\n" {
			t.Errorf("body %q", got)
		}
	}
}

func TestASpareHandleCarriesNothingOver(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 3 {
		h := newHandle(t, opt.URL("http://192.0.2.1/"), opt.NoBody(true), opt.CustomRequest("OTHER"), opt.UserAgent("before"),
			opt.HTTPHeader([]string{"X-Before: yes"}), opt.PostFields([]byte("before")), opt.Proxy("http://192.0.2.1"),
			opt.WriteFunction(func([]byte) error { t.Error("the callback of a closed handle was called"); return nil }),
			opt.Resolve([]string{"127.0.0.1:80:192.0.2.1"}), opt.UserPassword("a:b"))
		h.Close() // never used: its C handle waits for the next one
		got := echo(t, newHandle(t, opt.URL(s.URL("/echo"))))
		if got.Method != "GET" || got.Header.Get("User-Agent") != "" || got.Header.Get("X-Before") != "" ||
			got.Header.Get("Authorization") != "" || len(got.Body) != 0 {
			t.Errorf("the next handle sent %+v", got)
		}
	}
}
