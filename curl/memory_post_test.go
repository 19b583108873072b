package curl_test

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
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

// libcurl 8.14.1 sent what was behind the data, up to the next NUL in memory, in the place of the size.
func TestThePostOfAnAnnouncementEndsWithItsData(t *testing.T) {
	if !speaks(t, "rtsp") {
		return
	}
	bodies := make(chan string, 1)
	s := testserver.NewScript(t, testserver.Script{testserver.Do("answer", func(c *testserver.ScriptConn) error {
		for {
			if _, err := c.Reader.Peek(1); err != nil {
				return nil // the client has gone
			}
			head, err := rtspHead(c)
			if err != nil {
				return err
			}
			n, err := strconv.Atoi(head.Get("Content-Length"))
			if err != nil {
				return err
			}
			body := make([]byte, n)
			if _, err := io.ReadFull(c.Reader, body); err != nil {
				return err
			}
			bodies <- string(body)
			fmt.Fprintf(c, "RTSP/1.0 200 OK\r\nCSeq: %s\r\n\r\n", head.Get("CSeq"))
		}
	})})
	url := "rtsp://" + s.Addr() + "/"
	h := newHandle(t, opt.URL(url), opt.RTSPStreamURI(url), opt.RTSPRequest(opt.RTSPAnnounce))
	for name, post := range posts {
		for n := range 300 { // of all sizes, for what the memory had before is chance
			want := strings.Repeat("a", n+1)
			set(t, h, post([]byte(want)))
			perform(t, h)
			if got := <-bodies; got != want {
				t.Fatalf("%s: of %q it sent %q", name, want, got)
			}
		}
	}
}
