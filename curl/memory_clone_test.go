package curl_test

import (
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// full is a handle with something of every kind of memory that libcurl borrows or copies.
func full(t *testing.T, s *testserver.HTTP) *curl.Easy {
	t.Helper()
	h := newHandle(t, opt.URL("http://cloned.example/echo"), opt.HTTPHeader([]string{"X-One: 1", "X-Two: 2"}),
		opt.ConnectTo([]string{"::" + s.Addr()}), opt.PostFields([]byte("data\x00more")), opt.UserAgent("agent"),
		opt.HTTP200Aliases([]string{"ICY 200"}), opt.Resolve([]string{"other.example:80:127.0.0.1"}))
	if err := h.Set(opt.CAInfoBlob([]byte("not a certificate"))); err != nil {
		checkUnsupported(t, err, 7, 77)
	}
	return h
}

func checkFull(t *testing.T, h *curl.Easy) {
	t.Helper()
	got := echo(t, h)
	if string(got.Body) != "data\x00more" || got.Header.Get("X-One") != "1" || got.Header.Get("X-Two") != "2" ||
		got.Header.Get("User-Agent") != "agent" || got.Host != "cloned.example" {
		t.Errorf("sent %+v", got)
	}
}

// replace gives every borrowed memory of h back to the allocator, and has it used for something else.
func replace(t *testing.T, h *curl.Easy) {
	t.Helper()
	for range 10 {
		set(t, h, opt.HTTPHeader([]string{"X-Aaa: a", "X-Bbb: b", strings.Repeat("x", 50)}), opt.PostFields([]byte("overwritten")),
			opt.ConnectTo([]string{"a:1:b:2"}), opt.HTTP200Aliases([]string{"NOT 200"}), opt.Resolve([]string{"c:1:127.0.0.9"}))
	}
	set(t, h, opt.HTTPHeader(nil), opt.PostFields(nil), opt.ConnectTo(nil), opt.HTTP200Aliases(nil), opt.Resolve(nil))
}

func TestAHandleAndItsCloneLiveApart(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, end := range map[string]func(h *curl.Easy){
		"closed":   func(h *curl.Easy) { h.Close() },
		"reset":    func(h *curl.Easy) { h.Reset() },
		"replaced": func(h *curl.Easy) { replace(t, h) },
	} {
		for _, used := range []bool{false, true} {
			for _, cloneFirst := range []bool{false, true} {
				h := full(t, s)
				if used {
					checkFull(t, h)
				}
				clone, err := h.Clone()
				if err != nil {
					t.Fatal(err)
				}
				gone, stays := h, clone
				if cloneFirst {
					gone, stays = clone, h
				}
				end(gone)
				checkFull(t, stays)
				checkFull(t, stays)
				if t.Failed() {
					t.Fatalf("%s, used before %v, the clone first %v", name, used, cloneFirst)
				}
				h.Close()
				clone.Close()
			}
		}
	}
}

func TestACloneOfACloneOutlivesBoth(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := full(t, s)
	for range 5 {
		clone, err := h.Clone()
		if err != nil {
			t.Fatal(err)
		}
		h.Close()
		h = clone
	}
	checkFull(t, h)
	h.Close()
}
