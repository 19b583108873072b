package curl_test

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// everything is a form with all kinds of content, each time of 70,000 bytes.
func everything(t testing.TB) []curl.Part {
	path := filepath.Join(t.TempDir(), "file")
	writeFile(t, path, pattern(70_000))
	return []curl.Part{
		{Name: "0", Text: pattern(70_000), Headers: []string{"X-A: b"}},
		{Name: "1", Data: []byte(pattern(70_000)), Type: "a/b"},
		{Name: "2", File: path},
		{Name: "3", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(pattern(70_000))), nil }},
		{Name: "4", Parts: []curl.Part{{Text: "small"}, {Reader: strings.NewReader(pattern(70_000)), Encoding: curl.EncodeBase64}}},
	}
}

// whole says that all of everything has arrived.
func whole(f form) error {
	if len(f.Parts) != 5 {
		return fmt.Errorf("there are %d parts", len(f.Parts))
	}
	for i, p := range f.Parts[:4] {
		if p.Content != pattern(70_000) {
			return fmt.Errorf("part %d has %d bytes", i, len(p.Content))
		}
	}
	if p := f.Parts[4].Parts; len(p) != 2 || p[0].Content != "small" || len(p[1].Content) < 90_000 {
		return fmt.Errorf("the parts of the last are %.300v", p)
	}
	return nil
}

// A clone has the form, with readers of its own, and either can go first; a handle that sends is cloned as well.
func TestMIMEOfAClone(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	send := func(h *curl.Easy) {
		t.Helper()
		body, err := h.Fetch(patient(t))
		if err := whole(arrived(t, body, err)); err != nil {
			t.Error(err)
		}
	}
	for what, end := range map[string]func(h *curl.Easy) error{
		"closed": (*curl.Easy).Close, "reset": (*curl.Easy).Reset, "replaced": func(h *curl.Easy) error { return h.SetMIME(nil) },
	} {
		for _, used := range []bool{false, true} {
			for _, cloneFirst := range []bool{false, true} {
				h := easy(t, opt.URL(s.URL("/own/form")))
				setMIME(t, h, everything(t)...)
				if used {
					send(h)
				}
				gone, stays := h, cloneOf(t, h)
				if cloneFirst {
					gone, stays = stays, gone
				}
				if err := end(gone); err != nil {
					t.Fatal(err)
				}
				send(stays)
				if used && cloneFirst {
					send(cloneOf(t, stays))
				}
				if t.Failed() {
					t.Fatalf("%s, used before: %v, the clone first: %v", what, used, cloneFirst)
				}
			}
		}
	}
	h := easy(t, opt.URL(s.URL("/own/form")))
	var clone *curl.Easy
	setMIME(t, h, append(everything(t), curl.Part{Name: "reader", Size: 2, Reader: readerFunc(func(p []byte) (int, error) {
		if clone == nil {
			clone = cloneOf(t, h)
			if err := clone.SetMIME(nil); err != nil {
				t.Error(err)
			}
		}
		return copy(p, "ok"), nil
	})})...)
	body, err := h.Fetch(patient(t))
	if got := arrived(t, body, err); len(got.Parts) != 6 {
		t.Errorf("%d parts", len(got.Parts))
	}
}

// One form on many handles at once, each goroutine with one of its own: on private drivers and on an engine.
func TestMIMEOfManyHandlesInEngine(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{TLS: true})
	g := newEngine(t, curl.EngineConfig{})
	ca := opt.CAInfo(caFile(t, s.Authority.PEM()))
	parts := everything(t)
	parts[4].Parts = parts[4].Parts[:1] // the others can be read by all at the same time
	m := newMIME(t, parts...)
	var running sync.WaitGroup
	for i := range 8 {
		running.Go(func() {
			h, err := curl.New(opt.URL(s.URL("/own/form")), ca)
			if err != nil {
				t.Error(err)
				return
			}
			defer h.Close()
			if i%2 == 0 {
				if err := g.Attach(h); err != nil {
					t.Error(err)
				}
			}
			for range 3 {
				if err := h.SetMIME(m); err != nil {
					t.Error(err)
				}
				body, err := h.Fetch(patient(t))
				if got := arrived(t, body, err); len(got.Parts) != 5 || got.Parts[3].Content != pattern(70_000) {
					t.Errorf("%d parts", len(got.Parts))
				}
			}
		})
	}
	running.Wait()
}

// A reader can be read by one transfer at a time. Another that begins meanwhile takes it, if it can go back to its start,
// and the first one is told.
func TestMIMEReaderInUse(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	for _, seeks := range []bool{false, true} {
		first, second := newHandle(t, opt.URL(s.URL("/own/form"))), newHandle(t, opt.URL(s.URL("/own/form")))
		var inner error
		calls := 0
		r := seeker{strings.NewReader("0123456789"), func() {
			if calls++; calls == 1 {
				// In the middle of a Read nobody else can read at all.
				_, inner = second.Fetch(patient(t))
			}
		}}
		part := curl.Part{Size: 10, Reader: onlyReader(r)}
		if seeks {
			part.Reader = r
		}
		m := newMIME(t, part)
		for _, h := range []*curl.Easy{first, second} {
			if err := h.SetMIME(m); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := first.Fetch(patient(t)); err != nil || !errors.Is(inner, curl.ErrSourceInUse) {
			t.Errorf("seeks %v: %v, the other %v", seeks, err, inner)
		}
	}

	// Between two Reads another transfer can begin with it.
	h, thief := newHandle(t, opt.URL(s.URL("/own/form"))), newHandle(t, opt.URL(s.URL("/own/form")))
	m := newMIME(t, curl.Part{Reader: io.NewSectionReader(strings.NewReader(pattern(1<<20)), 0, 1<<20)})
	if err := thief.SetMIME(m); err != nil {
		t.Fatal(err)
	}
	stolen := false
	setAll(t, h, opt.NoProgress(false), opt.XferInfoFunction(func(p opt.Progress) error {
		if p.Uploaded > 0 && p.Uploaded < 1<<20 && !stolen {
			stolen = true
			body, err := thief.Fetch(patient(t))
			if got := arrived(t, body, err); got.Parts[0].Content != pattern(1<<20) {
				t.Error("the second transfer has not sent all of it")
			}
		}
		return nil
	}))
	if err := h.SetMIME(m); err != nil {
		t.Fatal(err)
	}
	setAll(t, h, opt.UploadBufferSize(16<<10))
	if _, err := h.Fetch(patient(t)); !errors.Is(err, curl.ErrSourceInUse) || !stolen {
		t.Errorf("the first transfer ends with %v", err)
	}
}

// Two forms with the same Reader were each unaware of the other: the second one began where the first had left it, at its
// end, and the transfer failed.
func TestMIMEReaderOfTwoForms(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	part := curl.Part{Name: "data", Reader: strings.NewReader("0123456789")}
	h, forms := newHandle(t, opt.URL(s.URL("/own/form"))), []*curl.MIME{newMIME(t, part), newMIME(t, curl.Part{Parts: []curl.Part{part}})}
	for i, m := range forms {
		if err := h.SetMIME(m); err != nil {
			t.Fatal(err)
		}
		if body, err := h.Fetch(patient(t)); err != nil {
			t.Errorf("form %d: %q, %v", i, body, err)
		}
	}
}

// seeker tells when it is read.
type seeker struct {
	*strings.Reader
	read func()
}

func (s seeker) Read(p []byte) (int, error) { s.read(); return s.Reader.Read(p) }

// Forms go when they are replaced, with Reset and with the handle, and nothing of them stays.
func TestMemoryStaysFlatWithMIME(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	parts := everything(t)
	h := newHandle(t, opt.URL(s.URL("/own/form")))
	flat(t, 300, func(i int) {
		m := newMIME(t, parts...)
		if err := h.SetMIME(m); err != nil {
			t.Fatal(err)
		}
		switch i % 4 {
		case 0:
			h.Reset()
			mustSet(t, h, opt.URL(s.URL("/own/form")))
		case 1:
			if err := h.SetMIME(nil); err != nil {
				t.Fatal(err)
			}
		case 2:
			c, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			c.Close()
		}
	})
}
