package curl_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestInput(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	const body = "0123456789\x00abcdef"
	half := strings.NewReader("skipped" + body)
	half.Seek(int64(len("skipped")), io.SeekStart)
	for name, c := range map[string]struct {
		r     io.Reader
		sized bool
	}{
		"a reader that seeks":          {strings.NewReader(body), true},
		"one that stands in between":   {half, true},
		"one that knows its length":    {bytes.NewBufferString(body), true},
		"one that knows nothing":       {struct{ io.Reader }{strings.NewReader(body)}, false},
		"one byte at a time":           {iotest.OneByteReader(strings.NewReader(body)), false},
		"data and the end at once":     {iotest.DataErrReader(strings.NewReader(body)), false},
		"nothing and no error between": {&stutter{r: strings.NewReader(body)}, false},
	} {
		h := newHandle(t, opt.URL(s.URL("/echo")), opt.Upload(true))
		if err := h.Input(c.r); err != nil {
			t.Fatal(err)
		}
		got := echo(t, h)
		if got.Method != "PUT" || string(got.Body) != body || (got.Header.Get("Content-Length") != "") != c.sized {
			t.Errorf("%s: sent %+v", name, got)
		}
	}
}

// stutter returns nothing and no error every second time, as an io.Reader may.
type stutter struct {
	r     io.Reader
	count int
}

func (s *stutter) Read(p []byte) (int, error) {
	if s.count++; s.count%2 == 1 {
		return 0, nil
	}
	return s.r.Read(p)
}

func TestInputIsSentAgain(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	body := string(testserver.PatternBytes(100_000))
	h := newHandle(t, opt.Upload(true), opt.FollowLocation(true))
	again := func(what string, r io.Reader) {
		t.Helper()
		if err := h.Input(r); err != nil {
			t.Fatal(err)
		}
		got, err := h.Fetch(t.Context())
		if err != nil || string(got) != body {
			t.Errorf("%s: %d bytes came back, %v", what, len(got), err)
		}
	}
	set(t, h, opt.URL(s.URL("/redirect-body?code=307")))
	again("after a redirect", strings.NewReader(body))
	between := strings.NewReader("skipped" + body)
	between.Seek(int64(len("skipped")), io.SeekStart)
	again("from a place in between", between)
	if err := h.Input(struct{ io.Reader }{strings.NewReader(body)}); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(t.Context()); !errors.Is(err, codes.SendFailRewind) || !errors.Is(err, curl.ErrNoRewind) {
		t.Errorf("without seeking: %v", err)
	}

	set(t, h, opt.URL(s.URL("/digest")), opt.UserPassword(testserver.User+":"+testserver.Password), opt.HTTPAuth(opt.AuthAny))
	for range 2 {
		if err := h.Input(strings.NewReader(body)); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(t.Context()); err != nil {
			t.Errorf("with Digest: %v", err)
		}
	}
	sent := s.Requests()
	if last := sent[len(sent)-1]; !strings.HasPrefix(last.Header.Get("Authorization"), "Digest ") {
		t.Errorf("the last request was %+v", last)
	}
}

func TestInputErrors(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	broken := errors.New("the disk is broken")
	h := newHandle(t, opt.URL(s.URL("/upload")), opt.Upload(true))
	if err := h.Input(io.MultiReader(strings.NewReader("some"), iotest.ErrReader(broken))); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(t.Context()); !errors.Is(err, broken) || !errors.Is(err, codes.AbortedByCallback) {
		t.Errorf("%v", err)
	}
	if err := h.Input(nil); err != nil {
		t.Fatal(err)
	}
	set(t, h, opt.Upload(false))
	if got := text(t, h); got != "0" {
		t.Errorf("the source is still there: %q", got)
	}
}

func TestOutput(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var b strings.Builder
	h := newHandle(t, opt.URL(s.URL("/bytes/100000")), curl.Output(&b))
	if err := h.Perform(t.Context()); err != nil || b.String() != string(testserver.PatternBytes(100_000)) {
		t.Errorf("%d bytes, %v", b.Len(), err)
	}
	full := errors.New("the disk is full")
	if err := newHandle(t, opt.URL(s.URL("/bytes/10")), curl.Output(boasting{})).Perform(t.Context()); err == nil || !strings.Contains(err.Error(), "a count outside") {
		t.Errorf("a writer that says it took more than it was given: %v", err)
	}
	for want, w := range map[error]io.Writer{io.ErrShortWrite: short{nil}, full: short{full}} {
		set(t, h, curl.Output(w))
		if err := h.Perform(t.Context()); !errors.Is(err, want) || !errors.Is(err, codes.WriteError) {
			t.Errorf("%v: %v", want, err)
		}
	}
}

// short writes half of what it is given.
type short struct{ err error }

func (s short) Write(p []byte) (int, error) { return len(p) / 2, s.err }

// boasting says that it has written more than it is given.
type boasting struct{}

func (boasting) Write(p []byte) (int, error) { return len(p) + 1, nil }

func TestFetchTakesTheBodyForItselfOnce(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var b strings.Builder
	h := newHandle(t, opt.URL(s.URL("/")), curl.Output(&b))
	if got := text(t, h); got != "hello\n" || b.Len() != 0 {
		t.Errorf("fetched %q, written %q", got, b.String())
	}
	if err := h.Perform(t.Context()); err != nil || b.String() != "hello\n" {
		t.Errorf("written %q, %v", b.String(), err)
	}
	set(t, h, opt.URL(s.URL("/close-mid-body")))
	if got, err := h.Fetch(t.Context()); !errors.Is(err, codes.PartialFile) || len(got) != 500 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	set(t, h, opt.URL(s.URL("/")))
	if err := h.Perform(t.Context()); err != nil || b.String() != "hello\nhello\n" {
		t.Errorf("written %q, %v", b.String(), err)
	}
}
