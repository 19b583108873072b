package curl_test

import (
	"context"
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

// What a part's reader, or its Open, has to say ends the transfer and is found in its error; what was open is closed.
func TestMIMEReaderFails(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	own := errors.New("the disk is on fire")
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		closed := 0
		opens := func(r io.Reader) func() (io.ReadCloser, error) {
			return func() (io.ReadCloser, error) { return closing{r, func() { closed++ }}, nil }
		}
		once := func(err error) io.Reader {
			return io.MultiReader(strings.NewReader("some"), readerFunc(func([]byte) (int, error) { return 0, err }))
		}
		for what, c := range map[string]struct {
			part   curl.Part
			want   error
			closed int
		}{
			"Read":             {curl.Part{Reader: once(own)}, own, 0},
			"Read of an Open":  {curl.Part{Open: opens(once(own))}, own, 1},
			"nothing for ever": {curl.Part{Open: opens(readerFunc(func([]byte) (int, error) { return 0, nil }))}, io.ErrNoProgress, 1},
			"Open":             {curl.Part{Open: func() (io.ReadCloser, error) { return nil, own }}, own, 0},
		} {
			closed = 0
			setMIME(t, h, curl.Part{Text: "before"}, c.part)
			_, err := send()
			if !errors.Is(err, c.want) || !errors.Is(err, codes.AbortedByCallback) || closed != c.closed {
				t.Errorf("%s: %v, closed %d times", what, err, closed)
			}
		}
		for _, n := range []int{-1, 1 << 30} {
			setMIME(t, h, curl.Part{Reader: readerFunc(func([]byte) (int, error) { return n, nil })})
			if _, err := send(); err == nil || !strings.Contains(err.Error(), "outside its buffer") {
				t.Errorf("a count of %d: %v", n, err)
			}
		}
		setMIME(t, h, curl.Part{Open: func() (io.ReadCloser, error) { return nil, nil }})
		if _, err := send(); err == nil || !strings.Contains(err.Error(), "neither a reader nor an error") {
			t.Errorf("nothing opened: %v", err)
		}
		setMIME(t, h, curl.Part{Text: "fine"}) // the handle is
		body, err := send()
		arrived(t, body, err)
	})
}

// A panic of a reader, or of the Close of what Open has returned, is raised in the goroutine that waits.
func TestMIMEReaderPanics(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		closed := 0
		bad := closing{readerFunc(func([]byte) (int, error) { panic("boom") }), func() { closed++ }}
		worse := closing{readerFunc(func([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }), func() { panic("boom") }}
		for _, p := range []curl.Part{
			{Reader: bad},
			{Open: func() (io.ReadCloser, error) { panic("boom") }},
			{Open: func() (io.ReadCloser, error) { return bad, nil }},
			{Open: func() (io.ReadCloser, error) { return worse, nil }},
		} {
			setMIME(t, h, p)
			func() {
				defer func() {
					if p, ok := recover().(*curl.CallbackPanic); !ok || p.Value != "boom" {
						t.Errorf("the panic is %v", p)
					}
				}()
				body, err := send()
				t.Errorf("no panic, but %.100q, %v", body, err)
			}()
		}
		if closed != 1 {
			t.Errorf("closed %d times", closed)
		}
	})
}

// A transfer that is stopped while a part is open closes it; the next one opens it again.
func TestMIMECancelled(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			h := newHandle(t, opt.URL(s.URL("/own/form")))
			w.setup(t, h)
			opened, closed := 0, 0
			endless := readerFunc(func(p []byte) (int, error) {
				if opened == 1 {
					h.Cancel()
				}
				return copy(p, "abc"), nil
			})
			setMIME(t, h, curl.Part{Size: 6, Open: func() (io.ReadCloser, error) {
				opened++
				return closing{endless, func() { closed++ }}, nil
			}})
			if _, err := w.fetch(t, h); !errors.Is(err, curl.ErrCancelled) || closed != 1 {
				t.Errorf("%v, closed %d times", err, closed)
			}
			body, err := w.fetch(t, h)
			if got := arrived(t, body, err); got.Parts[0].Content != "abcabc" || opened != 2 || closed != 2 {
				t.Errorf("%+v, opened %d times, closed %d times", got, opened, closed)
			}
		})
	}
}

// A part that has nothing to give for now pauses the transfer, until Resume.
func TestMIMEPauses(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			h := newHandle(t, opt.URL(s.URL("/own/form")), opt.HTTPHeader([]string{"Expect:"}))
			w.setup(t, h)
			answers := []string{"", "one ", "", "", "two ", "three"}
			r := readerFunc(func(p []byte) (int, error) {
				if len(answers) == 0 {
					return 0, io.EOF
				}
				a := answers[0]
				answers = answers[1:]
				if a == "" {
					go h.Resume(curl.Sending) // at once: libcurl may still have other things to send
					return 0, opt.ErrPause
				}
				return copy(p, a), nil
			})
			setMIME(t, h, curl.Part{Name: "slow", Reader: r}, curl.Part{Name: "after", Text: "end"})
			body, err := w.fetch(t, h)
			if got := arrived(t, body, err); got.Parts[0].Content != "one two three" || got.Parts[1].Content != "end" {
				t.Errorf("%+v", got)
			}
		})
	}
}

// While a transfer is in flight its form cannot be changed, from anywhere; info and Cancel work inside its readers.
func TestMIMEInFlight(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	eachWay(t, func(t *testing.T, h *curl.Easy, send func() ([]byte, error)) {
		setAll(t, h, opt.URL(s.URL("/own/form")))
		other := newMIME(t)
		checked := false
		setMIME(t, h, curl.Part{Size: 2, Reader: readerFunc(func(p []byte) (int, error) {
			if !checked {
				checked = true
				if err := h.SetMIME(other); !errors.Is(err, curl.ErrBusy) {
					t.Errorf("in its reader: %v", err)
				}
				done := make(chan error)
				go func() { done <- h.SetMIME(nil) }()
				if err := <-done; !errors.Is(err, curl.ErrBusy) {
					t.Errorf("beside its reader: %v", err)
				}
				if err := h.Perform(context.Background()); !errors.Is(err, curl.ErrInCallback) && !errors.Is(err, curl.ErrBusy) {
					t.Errorf("Perform in its reader: %v", err)
				}
			}
			return copy(p, "ok"), nil
		})})
		body, err := send()
		if got := arrived(t, body, err); got.Parts[0].Content != "ok" || !checked {
			t.Errorf("%+v", got)
		}
	})
}

// A file that is gone when the transfer runs is an error of it. It is not sent as nothing either by a clone, which is none
// then.
func TestMIMEFileIsGone(t *testing.T) {
	s := formServer(t, testserver.HTTPConfig{})
	path := filepath.Join(t.TempDir(), "file")
	writeFile(t, path, "content")
	h := easy(t, opt.URL(s.URL("/own/form")))
	setMIME(t, h, curl.Part{File: path})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Clone(); !errors.Is(err, codes.ReadError) {
		t.Errorf("Clone: %v", err)
	}
	if err := h.Perform(patient(t)); !errors.Is(err, codes.ReadError) {
		t.Errorf("Perform: %v", err)
	}
}

// Goexit in a reader is what it is in every callback: the handle is given up, or, where libcurl has no frames beneath it, as
// good as before.
func TestMIMEReaderExits(t *testing.T) {
	leaky(t)
	s := formServer(t, testserver.HTTPConfig{})
	for _, p := range []curl.Part{
		{Reader: readerFunc(func([]byte) (int, error) { return 0, goexit() })},
		{Open: func() (io.ReadCloser, error) { return nil, goexit() }},
	} {
		lost := curl.Abandoned()
		h := newHandle(t, opt.URL(s.URL("/own/form")))
		setMIME(t, h, p)
		exits(t, func() { h.Perform(patient(t)) })
		wantAbandoned(t, h)
		if n := curl.Abandoned(); n != lost+1 {
			t.Errorf("%d handles were abandoned", n-lost)
		}
	}
	// In a Close after the transfer there is nothing of libcurl's on the stack.
	h := newHandle(t, opt.URL(s.URL("/own/form")))
	setMIME(t, h, curl.Part{Open: func() (io.ReadCloser, error) {
		return closing{readerFunc(func([]byte) (int, error) { h.Cancel(); return 0, nil }), func() { goexit() }}, nil
	}})
	exits(t, func() { h.Perform(patient(t)) })
	setMIME(t, h, curl.Part{Text: "fine"})
	body, err := h.Fetch(patient(t))
	arrived(t, body, err)
}

func TestMIMEReaderExitsOnAnEngine(t *testing.T) {
	onlyShared(t)
	s := formServer(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/own/form")))
	setMIME(t, h, curl.Part{Reader: readerFunc(func([]byte) (int, error) { return 0, goexit() })})
	exits(t, func() { h.Perform(patient(t)) })
	setMIME(t, h, curl.Part{Text: "fine"})
	body, err := h.Fetch(patient(t))
	arrived(t, body, err)
}
