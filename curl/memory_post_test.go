package curl_test

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var posts = map[string]func([]byte) opt.Option{"PostFields": opt.PostFields, "CopyPostFields": opt.CopyPostFields}

func TestPostData(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, post := range posts {
		t.Run(name, func(t *testing.T) {
			h := newHandle(t, opt.URL(s.URL("/echo")))
			for _, body := range []string{"a=b", "\x00\x01\x00", "", strings.Repeat("x\x00", 100_000), "short again"} {
				set(t, h, post([]byte(body)))
				for range 2 {
					if got := echo(t, h); got.Method != "POST" || string(got.Body) != body {
						t.Errorf("%d bytes: a %s of %d bytes", len(body), got.Method, len(got.Body))
					}
				}
			}
			set(t, h, post(nil))
			if got := echo(t, h); got.Method != "GET" || len(got.Body) != 0 {
				t.Errorf("after nil: a %s of %d bytes", got.Method, len(got.Body))
			}
			set(t, h, post([]byte("again")))
			if err := h.Unset(opt.IDPostFields); err != nil {
				t.Fatal(err)
			}
			if got := echo(t, h); got.Method != "GET" {
				t.Errorf("after Unset: a %s", got.Method)
			}
		})
	}
}

func TestPostDataIsCopied(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, post := range posts {
		body := []byte("before")
		h := newHandle(t, opt.URL(s.URL("/echo")), post(body))
		copy(body, "after ")
		if got := string(echo(t, h).Body); got != "before" {
			t.Errorf("%s: sent %q", name, got)
		}
	}
}

// libcurl believes the size, and reads as much behind its pointer.
func TestTheSizeOfAPostStaysWithinItsData(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	sizes := map[string]func(int64) opt.Option{
		"PostFieldSize": opt.PostFieldSize, "PostFieldSizeLong": opt.PostFieldSizeLong,
		"raw": func(n int64) opt.Option { return opt.RawOff(opt.IDPostFieldSize, n) },
	}
	for name, post := range posts {
		for sizeName, size := range sizes {
			h := newHandle(t, opt.URL(s.URL("/echo")), post([]byte("0123456789")))
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			defer clone.Close()
			for _, h := range []*curl.Easy{h, clone} {
				err := h.Set(size(11))
				if !errors.Is(err, codes.BadFunctionArgument) || !strings.Contains(err.Error(), "10 bytes") {
					t.Errorf("%s, %s of one more: %v", name, sizeName, err)
				}
				set(t, h, size(-1))
				if got := string(echo(t, h).Body); got != "0123456789" {
					t.Errorf("%s, %s of -1: sent %q", name, sizeName, got)
				}
				set(t, h, size(4))
				if got := string(echo(t, h).Body); got != "0123" {
					t.Errorf("%s, %s of 4: sent %q", name, sizeName, got)
				}
			}
		}
	}
}

func TestALargePostIsCopiedOnce(t *testing.T) {
	if keepsFreed || testserver.RSS() == 0 {
		t.Skip("the memory of this process cannot be measured")
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	const size = 100 << 20
	body := testserver.PatternBytes(size)
	h := newHandle(t, opt.URL(s.URL("/upload")))
	debug.FreeOSMemory()
	before := testserver.RSS()
	set(t, h, opt.PostFields(body))
	if more := testserver.RSS() - before; more > size*3/2 {
		t.Errorf("%d MB became %d MB more", size>>20, more>>20)
	}
	if got := text(t, h); got != "104857600" {
		t.Errorf("the server took %s bytes", got)
	}
	set(t, h, opt.PostFields([]byte("small")))
	debug.FreeOSMemory() // what Go has needed besides
	if more := testserver.RSS() - before; more > size/2 {
		t.Errorf("%d MB are left", more>>20)
	}
}
