package curl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestInputIsSentAgainByTheNextTransfer: it was at its end then. Older libcurls waited for ever for what was announced, and
// a source of unknown size sent an empty body without an error.
func TestInputIsSentAgainByTheNextTransfer(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		name := filepath.Join(t.TempDir(), "file")
		writeFile(t, name, "head and body")
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := file.Seek(5, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			r    io.Reader
			want string
		}{
			"in memory": {strings.NewReader("all of it"), "all of it"},
			"a file":    {file, "and body"},
		} {
			h := handle(t, "/echo-body", opt.Upload(true))
			if err := h.Input(c.r); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				arrives(t, h, c.want)
			}
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { clone.Close() })
			arrives(t, clone, c.want)
			arrives(t, h, c.want)
			if t.Failed() {
				t.Fatal(name)
			}
		}
		for name, r := range map[string]io.Reader{
			"has a length":  bytes.NewBufferString("all of it"),
			"has no length": onlyReader(strings.NewReader("all of it")),
		} {
			h := handle(t, "/echo-body", opt.Upload(true))
			if err := h.Input(r); err != nil {
				t.Fatal(err)
			}
			arrives(t, h, "all of it")
			if _, err := h.Fetch(bounded(t)); !errors.Is(err, curl.ErrNoRewind) {
				t.Errorf("a reader that %s: %v", name, err)
			}
			if err := h.Input(strings.NewReader("a new one")); err != nil {
				t.Fatal(err)
			}
			arrives(t, h, "a new one")
		}
	})
}

// TestInputGoesBackByAFunctionOfTheUsers, set after it.
func TestInputGoesBackByAFunctionOfTheUsers(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/redirect-body?code=307")), opt.NoProxy("*"), opt.Upload(true), opt.FollowLocation(true))
	r := strings.NewReader("there and back")
	if err := h.Input(onlyReader(r)); err != nil {
		t.Fatal(err)
	}
	calls := 0
	set(t, h, opt.SeekFunction(func(offset int64, whence int) error {
		calls++
		_, err := r.Seek(offset, whence)
		return err
	}))
	arrives(t, h, "there and back")
	arrives(t, h, "there and back")
	if calls != 3 { // for the redirects, and between the transfers
		t.Errorf("%d calls", calls)
	}
}

// TestInputEndsTooEarly: older libcurls waited for ever for the rest of what was announced.
func TestInputEndsTooEarly(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/echo-body", opt.Upload(true))
		if err := h.Input(struct {
			io.Reader
			lengthOf
		}{strings.NewReader("short"), 10}); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(bounded(t)); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("a source that ends too early: %v", err)
		}
		if err := h.Input(struct {
			io.Reader
			lengthOf
		}{strings.NewReader("long enough"), 4}); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "long")
	})
}

type lengthOf int

func (n lengthOf) Len() int { return int(n) }

// TestInputTellsAPostItsSize: a POST was sent in chunks, for its size is an option of its own.
func TestInputTellsAPostItsSize(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/echo")), opt.NoProxy("*"), opt.Post(true))
	length := func() string {
		t.Helper()
		body, err := h.Fetch(bounded(t))
		var e testserver.Echo
		if err == nil {
			err = json.Unmarshal(body, &e)
		}
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(e.Header["Content-Length"], ",") + " " + string(e.Body)
	}
	for _, c := range []struct {
		set  func() error
		want string
	}{
		{func() error { return h.Input(strings.NewReader("abcdef")) }, "6 abcdef"},
		{func() error { return h.Input(onlyReader(strings.NewReader("abcdef"))) }, " abcdef"},
		{func() error { return h.Set(opt.PostFields([]byte("form"))) }, "4 form"},
		{func() error { return h.Input(strings.NewReader("abcdef")) }, "4 form"}, // which has been set
		{func() error { return errors.Join(h.Unset(opt.IDPostFields), h.Set(opt.Post(true))) }, "6 abcdef"},
		{func() error { return h.Input(nil) }, ""},
	} {
		if err := c.set(); err != nil {
			t.Fatal(err)
		}
		if c.want == "" {
			if _, err := h.Fetch(bounded(t)); !errors.Is(err, curl.ErrNoSource) {
				t.Errorf("without a source: %v", err)
			}
		} else if got := length(); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}

// TestInputIsReadByOneAtATime: a clone has the same reader.
func TestInputIsReadByOneAtATime(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/echo-body")), opt.NoProxy("*"), opt.Upload(true))
	var clone *curl.Easy
	var inner error
	content := strings.NewReader("for both")
	err := h.Input(readerFunc(func(p []byte) (int, error) {
		if clone != nil {
			c := clone
			clone = nil
			inner = c.Perform(t.Context())
		}
		return content.Read(p)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if clone, err = h.Clone(); err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	arrives(t, h, "for both")
	if !errors.Is(inner, curl.ErrSourceInUse) || !errors.Is(inner, codes.AbortedByCallback) {
		t.Errorf("the clone meanwhile: %v", inner)
	}
}

// TestInputThatEndsBeforeItsSizeIsToldOf: 7.x waited for the server, which waited for the rest.
func TestInputThatEndsBeforeItsSizeIsToldOf(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, options := range map[string][]opt.Option{
		"an upload": {opt.Upload(true), opt.InFileSize(10)},
		"a POST":    {opt.Post(true), opt.PostFieldSize(10)},
	} {
		h := handleWith(t, opt.URL(s.URL("/echo-body")), opt.NoProxy("*"))
		if err := h.Input(onlyReader(strings.NewReader("five!"))); err != nil {
			t.Fatal(err)
		}
		setAll(t, h, options...)
		if err := h.Perform(bounded(t)); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v", name, err)
		}
		if err := h.Input(onlyReader(strings.NewReader("ten bytes!"))); err != nil {
			t.Fatal(err)
		}
		setAll(t, h, options...)
		arrives(t, h, "ten bytes!")
	}
}

// TestInputIsResumedByFTPWithoutASeek: libcurl, without a seek function, sent from the start what belongs to the end.
func TestInputIsResumedByFTPWithoutASeek(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	const all = "0123456789ABCDEFGHIJ"
	for _, from := range []int64{10, -1} {
		f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": all[:10]}})
		h := handleWith(t, opt.URL(f.URL("/file")), opt.NoProxy("*"), opt.Upload(true), opt.ResumeFrom(from))
		if err := h.Input(onlyReader(strings.NewReader(all))); err != nil {
			t.Fatal(err)
		}
		setAll(t, h, opt.InFileSize(int64(len(all))))
		if err := h.Perform(bounded(t)); err != nil {
			t.Errorf("from %d: %v", from, err)
		}
		if got, _ := f.File("/file"); string(got) != all {
			t.Errorf("from %d: the file is %q", from, got)
		}
	}
}
