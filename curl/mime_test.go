package curl_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// opener is a Part.Open that counts how often it was called, and what it has given closed.
type opener struct {
	content        string
	opened, closed int
}

func (o *opener) open() (io.ReadCloser, error) {
	o.opened++
	return closing{strings.NewReader(o.content), func() { o.closed++ }}, nil
}

type closing struct {
	io.Reader
	closed func()
}

func (c closing) Close() error { c.closed(); return nil }

// Parts of every kind arrive as Go's own reader understands them, more than once.
func TestMIMEArrives(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	path := filepath.Join(t.TempDir(), "cat.txt")
	writeFile(t, path, pattern(100_000))
	large := []byte(pattern(300_000))
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		o := &opener{content: pattern(70_000)}
		setAll(t, h, opt.URL(s.URL("/own/form")))
		setMIME(t, h,
			curl.Part{Name: "text", Text: "gopher"},
			curl.Part{Name: "data", Data: []byte("a\x00b"), Type: "application/x-test"},
			curl.Part{Name: "large", Data: large},
			curl.Part{Name: "file", File: path},
			curl.Part{Name: "renamed", File: path, FileName: "dog.html"},
			curl.Part{Name: "reader", Reader: bytes.NewReader(large), FileName: "r.bin"},
			curl.Part{Name: "open", Open: o.open, Size: 70_000, Headers: []string{"X-One: 1", "X-Two: 2"}},
			curl.Part{Name: "empty"},
			curl.Part{Name: "nothing", Reader: strings.NewReader("")},
			curl.Part{Name: "more", Parts: []curl.Part{{Text: "one"}, {Reader: strings.NewReader("two")}, {Parts: []curl.Part{{Text: "deep"}}}}},
		)
		want := []received{
			{Name: "text", Content: "gopher"},
			{Name: "data", Type: "application/x-test", Content: "a\x00b"},
			{Name: "large", Content: string(large)},
			{Name: "file", FileName: "cat.txt", Type: "text/plain", Content: pattern(100_000)},
			{Name: "renamed", FileName: "dog.html", Type: "text/html", Content: pattern(100_000)},
			{Name: "reader", FileName: "r.bin", Content: string(large)},
			{Name: "open", Content: pattern(70_000)},
			{Name: "empty"},
			{Name: "nothing"},
			{Name: "more", Type: "multipart/mixed", Parts: []received{
				{Content: "one"}, {Content: "two"}, {Type: "multipart/mixed", Parts: []received{{Content: "deep"}}},
			}},
		}
		for range 3 {
			body, err := send()
			got := arrived(t, body, err)
			if h := got.Parts[6].Header; h.Get("X-One") != "1" || h.Get("X-Two") != "2" {
				t.Errorf("the headers are %v", h)
			}
			plain(got.Parts)
			if d := cmp.Diff(want, got.Parts, cmpopts.IgnoreFields(received{}, "Header")); d != "" {
				t.Fatalf("-want +got:\n%.2000s", d)
			}
			if got.Length < 0 {
				t.Error("a form of known size came in chunks")
			}
		}
		if o.opened != 3 || o.closed != 3 {
			t.Errorf("opened %d times, closed %d times", o.opened, o.closed)
		}
	})
}

// plain takes the boundaries out of types.
func plain(parts []received) {
	for i := range parts {
		parts[i].Type, _, _ = strings.Cut(parts[i].Type, ";")
		plain(parts[i].Parts)
	}
}

// A form of unknown size is sent in chunks, and comes as it is.
func TestMIMEOfUnknownSize(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		source := testserver.NewPatternReader(1 << 20)
		calls := 0
		setMIME(t, h, curl.Part{Name: "before", Text: "b"}, curl.Part{Name: "stream", Reader: readerFunc(func(p []byte) (int, error) {
			if calls++; calls%3 == 0 {
				return 0, nil // an io.Reader may
			}
			return source.Read(p[:min(len(p), 1+calls*500)])
		})}, curl.Part{Name: "after", Text: "a"})
		body, err := send()
		got := arrived(t, body, err)
		if got.Length != -1 || len(got.Parts) != 3 || got.Parts[1].Content != pattern(1<<20) || got.Parts[2].Content != "a" {
			t.Errorf("length %d, %d parts", got.Length, len(got.Parts))
		}
	})
}

// What the encodings make of content, decoded by Go.
func TestMIMEEncodings(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	content := "Grüße\x00\n" + strings.Repeat("long ", 5000)
	decode := map[curl.Encoding]func(string) string{
		curl.EncodeBase64: func(s string) string {
			b, _ := io.ReadAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader(strings.ReplaceAll(s, "\r\n", ""))))
			return string(b)
		},
		curl.EncodeQuotedPrintable: func(s string) string {
			b, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
			return string(b)
		},
		curl.EncodeBinary: func(s string) string { return s },
		curl.Encode8Bit:   func(s string) string { return s },
	}
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		for encoding, decoded := range decode {
			setMIME(t, h, curl.Part{Name: "a", Text: content, Encoding: encoding},
				curl.Part{Name: "b", Reader: strings.NewReader(content), Encoding: encoding})
			body, err := send()
			for _, p := range arrived(t, body, err).Parts {
				if p.Encoding != string(encoding) || decoded(p.Content) != content {
					t.Errorf("%s: part %s says %q and has %d bytes", encoding, p.Name, p.Encoding, len(p.Content))
				}
			}
		}
		setMIME(t, h, curl.Part{Name: "a", Text: content, Encoding: curl.Encode7Bit})
		if _, err := send(); !errors.Is(err, codes.ReadError) && !errors.Is(err, codes.AbortedByCallback) {
			t.Errorf("8 bits in 7: %v", err)
		}
	})
}

// A form is sent again for a redirect and a round of authentication, where its sources can go back, and by another
// transfer.
func TestMIMEGoesBack(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/moved")), opt.FollowLocation(true))
		o := &opener{content: pattern(200_000)}
		reader := strings.NewReader("skip" + pattern(200_000))
		reader.Seek(4, io.SeekStart)
		setMIME(t, h, curl.Part{Name: "seeker", Reader: reader}, curl.Part{Name: "open", Open: o.open})
		for range 2 {
			body, err := send()
			got := arrived(t, body, err)
			if len(got.Parts) != 2 || got.Parts[0].Content != pattern(200_000) || got.Parts[1].Content != pattern(200_000) {
				t.Errorf("%d parts, not what was sent", len(got.Parts))
			}
		}
		if o.opened != 4 || o.closed != 4 {
			t.Errorf("opened %d times, closed %d times", o.opened, o.closed)
		}

		setMIME(t, h, curl.Part{Name: "once", Reader: onlyReader(strings.NewReader("once"))})
		if _, err := send(); !errors.Is(err, codes.SendFailRewind) || !errors.Is(err, curl.ErrNoRewind) {
			t.Errorf("a reader that cannot go back, redirected: %v", err)
		}
		fixed := errors.New("cannot go back")
		setMIME(t, h, curl.Part{Name: "stuck", Reader: &stuck{Reader: strings.NewReader("stuck"), err: fixed}})
		if _, err := send(); !errors.Is(err, fixed) {
			t.Errorf("a seek that fails: %v", err)
		}
	})
}

// A reader that cannot go back is good for one transfer.
func TestMIMEReaderIsGoodForOneTransfer(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		m := newMIME(t, curl.Part{Name: "once", Reader: onlyReader(strings.NewReader("once"))})
		if err := h.SetMIME(m); err != nil {
			t.Fatal(err)
		}
		body, err := send()
		if got := arrived(t, body, err); got.Parts[0].Content != "once" {
			t.Errorf("%+v", got)
		}
		if _, err := send(); !errors.Is(err, curl.ErrNoRewind) {
			t.Errorf("a second transfer: %v", err)
		}
		if err := h.SetMIME(m); err != nil {
			t.Fatal(err)
		}
		if _, err := send(); !errors.Is(err, curl.ErrNoRewind) {
			t.Errorf("set again: %v", err)
		}
	})
}

// With Size a part has so much, or the transfer fails.
func TestMIMESize(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		setMIME(t, h, curl.Part{Name: "first", Reader: onlyReader(strings.NewReader("0123456789")), Size: 4},
			curl.Part{Name: "all", Reader: strings.NewReader("0123456789"), Size: -1})
		body, err := send()
		got := arrived(t, body, err)
		if got.Length != -1 || got.Parts[0].Content != "0123" || got.Parts[1].Content != "0123456789" {
			t.Errorf("%+v", got)
		}
		setMIME(t, h, curl.Part{Name: "short", Reader: onlyReader(strings.NewReader("0123")), Size: 10})
		if _, err := send(); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("less than Size: %v", err)
		}
	})
}

// What is set last is sent; without a form a request is a GET again.
func TestMIMEGivesWay(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := easy(t, opt.URL(s.URL("/echo")))
	one := func() { setMIME(t, h, curl.Part{Name: "a", Text: "one"}) }
	is := func(what, method, body string) {
		t.Helper()
		for _, e := range []*curl.Easy{h, cloneOf(t, h)} { // a clone sends the same
			got := echo(t, e)
			if got.Method != method || !strings.Contains(string(got.Body), body) || body == "" && len(got.Body) > 0 {
				t.Errorf("%s: %s %q", what, got.Method, got.Body)
			}
		}
	}
	one()
	is("a form", "POST", "\r\n\r\none\r\n")
	setAll(t, h, opt.PostFields([]byte("fields")))
	is("then post data", "POST", "fields")
	one()
	is("then a form", "POST", "\r\n\r\none\r\n")
	setAll(t, h, opt.HTTPGet(true))
	is("then a GET", "GET", "")
	one()
	if err := h.SetMIME(nil); err != nil {
		t.Fatal(err)
	}
	is("no form", "GET", "")
	one()
	if err := h.Unset(opt.IDMIMEPost); err != nil {
		t.Fatal(err)
	}
	is("no form any more", "GET", "")
	setAll(t, h, opt.PostFields([]byte("fields")), opt.HTTPGet(true))
	is("post data and a GET", "GET", "")
	one()
	if err := h.Reset(); err != nil {
		t.Fatal(err)
	}
	setAll(t, h, opt.URL(s.URL("/echo")))
	is("after a Reset", "GET", "")
	if err := h.SetMIME(&curl.MIME{}); err != nil {
		t.Fatal(err)
	}
	is("a form without parts", "POST", "--\r\n")
}

func cloneOf(t testing.TB, h *curl.Easy) *curl.Easy {
	t.Helper()
	c, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// What cannot be sent is refused with the part that it is about.
func TestMIMERefusals(t *testing.T) {
	loop := []curl.Part{{Name: "loop"}}
	loop[0].Parts = loop
	for text, p := range map[string]curl.Part{
		"more than one":  {Text: "a", Data: []byte("b")},
		"name":           {Name: "a\r\nb"},
		"file name":      {FileName: "a\x00b"},
		"type":           {Type: "text/plain\nX: y"},
		"header line":    {Headers: []string{"X: y\r\nZ: w"}},
		"header line \"": {Headers: []string{""}},
		"no encoding":    {Encoding: "rot13"},
		"is not for":     {Encoding: curl.EncodeBase64, Parts: []curl.Part{{}}},
		"path":           {File: "a\x00b"},
		"deep":           {Parts: loop},
	} {
		_, err := curl.NewMIME(curl.Part{}, curl.Part{Parts: []curl.Part{p}})
		var e *curl.PartError
		if !errors.As(err, &e) || len(e.Part) < 2 || e.Part[0] != 1 || e.Part[1] != 0 || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
	}
	h := easy(t)
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		err := h.SetMIME(newMIME(t, curl.Part{Name: "x"}, curl.Part{Name: "y", File: path}))
		var e *curl.PartError
		if !errors.As(err, &e) || e.Name != "y" || !strings.Contains(err.Error(), "part 1 (\"y\")") {
			t.Errorf("%s: %v", path, err)
		}
		if _, statErr := os.Stat(path); statErr != nil && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v is no os.ErrNotExist", err)
		}
	}
	var owned *curl.OwnedError
	if err := h.Set(opt.RawString(opt.IDMIMEPost, "x")); !errors.As(err, &owned) || !strings.Contains(err.Error(), "use Easy.SetMIME") {
		t.Errorf("%v", err)
	}
	h.Close()
	if err := h.SetMIME(newMIME(t)); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("on a closed handle: %v", err)
	}
}
