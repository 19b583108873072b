package curl_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refused is an option that every libcurl refuses and nobody knows beforehand: longer than 8 million bytes.
var refused = opt.Referer(strings.Repeat("r", 8_000_001))

func TestLargeBatchesKeepTheirOrder(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	batch := []opt.Option{opt.URL(s.URL("/echo"))}
	for i := range 100 {
		batch = append(batch, opt.UserAgent(fmt.Sprint("agent ", i)), opt.CustomRequest(strings.Repeat("M", i+1)),
			opt.PostFields(fmt.Append(nil, i)), opt.HTTPGet(true), opt.HTTPHeader([]string{"X-N: " + fmt.Sprint(i)}))
	}
	got := echo(t, newHandle(t, batch...))
	if got.Header.Get("User-Agent") != "agent 99" || got.Header.Get("X-N") != "99" || len(got.Method) != 100 || len(got.Body) != 0 {
		t.Errorf("the request was %+v", got)
	}
	batch = append(batch, opt.CopyPostFields([]byte("posted")))
	if got := echo(t, newHandle(t, batch...)); string(got.Body) != "posted" {
		t.Errorf("the request was %+v", got)
	}
}

func TestABatchStopsWhereLibcurlRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, at := range []int{0, 1, 15, 16, 17, 31, 32, 57, 99} {
		h := newHandle(t, opt.URL(s.URL("/echo")), opt.UserAgent("before"))
		batch := make([]opt.Option, 100)
		for i := range batch {
			batch[i] = opt.UserAgent(fmt.Sprint("agent ", i))
		}
		batch[at] = refused
		err := h.Set(batch...)
		var oe *curl.OptionError
		if !errors.As(err, &oe) || oe.Index != at || oe.Option != opt.IDReferer || !oe.Applied ||
			!errors.Is(err, codes.BadFunctionArgument) {
			t.Fatalf("refused at %d: %#v", at, err)
		}
		want := fmt.Sprint("agent ", at-1)
		if at == 0 {
			want = "before"
		}
		if got := echo(t, h).Header.Get("User-Agent"); got != want {
			t.Errorf("refused at %d: the handle has %q", at, got)
		}
	}
}

// What can be known beforehand changes nothing, wherever in the batch it stands.
func TestACheckedBatchChangesNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/echo")), opt.UserAgent("before"))
	for name, bad := range map[string]opt.Option{
		"the zero option":          {},
		"a NUL in a string":        opt.Referer("a\x00b"),
		"a NUL in a secret":        opt.Password("pass\x00word"),
		"a NUL in a list":          opt.HTTPHeader([]string{"X: y", "a\x00b"}),
		"a raw NUL":                opt.RawString(opt.IDReferer, "\x00"),
		"a raw list with a NUL":    opt.RawList(opt.IDQuote, []string{"\x00"}),
		"a negative duration":      opt.Timeout(-time.Second),
		"a number out of range":    opt.BufferSize(-1),
		"a wrong class":            opt.RawLong(opt.IDURL, 1),
		"C's stdin for cookies":    opt.CookieFile("-"),
		"C's stdout for cookies":   opt.CookieJar("-"),
		"C's stdin, raw":           opt.RawString(opt.IDCookieFile, "-"),
		"something of the runtime": opt.RawLong(opt.IDNoSignal, 0),
	} {
		batch := make([]opt.Option, 40)
		for i := range batch {
			batch[i] = opt.UserAgent("after")
		}
		batch[33] = bad
		err := h.Set(batch...)
		var oe *curl.OptionError
		if !errors.As(err, &oe) || oe.Index != 33 || oe.Applied {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(fmt.Sprint(err), "word") {
			t.Errorf("%s: the error tells a secret: %v", name, err)
		}
		if got := echo(t, h).Header.Get("User-Agent"); got != "before" {
			t.Errorf("%s: the handle has %q", name, got)
		}
	}
}

func TestAnEmptyBatchIsFine(t *testing.T) {
	h := newHandle(t)
	if err := h.Set(); err != nil {
		t.Error(err)
	}
	if err := h.Unset(); err != nil {
		t.Error(err)
	}
	h.Close()
	if err := h.Set(); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("on a closed handle: %v", err)
	}
}
