package curl_test

import (
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestOptionsAllocateNothing(t *testing.T) {
	if keepsFreed {
		t.Skip("for the address sanitizer, cgo lets what is lent to C escape")
	}
	h := newHandle(t)
	write := opt.WriteFunc(func([]byte) error { return nil })
	body := []byte("post data")
	for name, set := range map[string]func() error{
		"ten numbers": func() error {
			return h.Set(opt.Timeout(time.Second), opt.ConnectTimeout(time.Second), opt.FollowLocation(true), opt.MaxRedirs(3),
				opt.SSLVerifyPeer(true), opt.TCPNoDelay(true), opt.TCPKeepAlive(true), opt.BufferSize(65536), opt.Port(80),
				opt.MaxFileSize(1<<40))
		},
		"twenty": func() error {
			return h.Set(opt.MaxRedirs(1), opt.MaxRedirs(2), opt.MaxRedirs(3), opt.MaxRedirs(4), opt.MaxRedirs(5), opt.MaxRedirs(6),
				opt.MaxRedirs(7), opt.MaxRedirs(8), opt.MaxRedirs(9), opt.MaxRedirs(10), opt.MaxRedirs(11), opt.MaxRedirs(12),
				opt.MaxRedirs(13), opt.MaxRedirs(14), opt.MaxRedirs(15), opt.MaxRedirs(16), opt.MaxRedirs(17), opt.MaxRedirs(18),
				opt.MaxRedirs(19), opt.MaxRedirs(20))
		},
		"strings": func() error {
			return h.Set(opt.URL("https://host.example/path?query"), opt.UserAgent("agent"), opt.Referer("https://r.example/"))
		},
		"a function":             func() error { return h.Set(opt.WriteFunction(write)) },
		"post data":              func() error { return h.Set(opt.PostFields(body)) },
		"one that can call back": func() error { return h.Set(opt.CookieList("FLUSH")) },
	} {
		if n := testing.AllocsPerRun(100, func() {
			if err := set(); err != nil {
				t.Fatal(err)
			}
		}); n > unavoidable[name] {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// unavoidable are the allocations there have to be: a slice in an interface, a function's closure.
var unavoidable = map[string]float64{"post data": 3, "one that can call back": 3}

func TestInfosOfNumbersAllocateNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/")))
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() {
		if status, err := curl.Info(h, info.ResponseCode); err != nil || status != 200 {
			t.Fatal(status, err)
		}
		if took, err := curl.Info(h, info.TotalTime); err != nil || took <= 0 {
			t.Fatal(took, err)
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
