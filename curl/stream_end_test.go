package curl_test

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

type handleMaker = func(*testing.T, string, ...opt.Option) *curl.Easy

// A body that was cut short is io.ErrUnexpectedEOF, comes after all that had arrived, and stays so.
func TestBodyCutShort(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/close-mid-body")
		b := opened(t, h)
		body, err := io.ReadAll(b)
		if string(body) != pattern(500) {
			t.Errorf("%d bytes before the end", len(body))
		}
		for range 2 {
			var e *curl.Error
			if !errors.Is(err, io.ErrUnexpectedEOF) || !errors.As(err, &e) || e.Op != "read" || errors.Is(err, io.EOF) {
				t.Errorf("%v", err)
			}
			if s.Authority == nil && !errors.Is(err, codes.PartialFile) {
				t.Errorf("no PartialFile: %v", err)
			}
			_, err = b.Read(make([]byte, 10))
		}
		if err := h.Perform(bounded(t)); errors.Is(err, io.ErrUnexpectedEOF) != errors.Is(err, codes.PartialFile) || err == nil {
			t.Errorf("Perform: %v", err)
		}
	})
}

// Closing half-way costs the connection and nothing else.
func TestBodyIsLeftHalfway(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/bytes/100000000")
		for range 3 {
			b := opened(t, h)
			p := make([]byte, 100_000)
			if n, err := io.ReadFull(b, p); err != nil || string(p) != pattern(n) {
				t.Fatalf("%d bytes, %v", n, err)
			}
			for range 2 {
				if err := b.Close(); err != nil {
					t.Error(err)
				}
			}
			if n, err := b.Read(p); n != 0 || !errors.Is(err, curl.ErrBodyClosed) || !errors.Is(err, os.ErrClosed) {
				t.Errorf("Read after Close: %d bytes, %v", n, err)
			}
			if n, err := b.WriteTo(io.Discard); n != 0 || !errors.Is(err, curl.ErrBodyClosed) {
				t.Errorf("WriteTo after Close: %d bytes, %v", n, err)
			}
			if err := h.Set(opt.UserAgent("at rest")); err != nil { // when Close has returned
				t.Error(err)
			}
		}
		if err := h.Set(opt.URL(s.URL("/"))); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
		b := opened(t, h)
		if body, err := io.ReadAll(b); err != nil || string(body) != "hello\n" {
			t.Errorf("%q, %v", body, err)
		}
		b.Close()
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, curl.ErrBodyClosed) {
			t.Errorf("Read after the end and Close: %v", err)
		}
	})
}

// endings are all that ends a body from outside.
var endings = map[string]struct {
	end  func(h *curl.Easy, b *curl.Body, cancel context.CancelFunc)
	want error
}{
	"context":    {func(_ *curl.Easy, _ *curl.Body, cancel context.CancelFunc) { cancel() }, context.Canceled},
	"Cancel":     {func(h *curl.Easy, _ *curl.Body, _ context.CancelFunc) { h.Cancel() }, curl.ErrCancelled},
	"Easy.Close": {func(h *curl.Easy, _ *curl.Body, _ context.CancelFunc) { h.Close() }, curl.ErrClosed},
	"Body.Close": {func(_ *curl.Easy, b *curl.Body, _ context.CancelFunc) { b.Close() }, curl.ErrBodyClosed},
}

// A Read that waits for data ends at once, and so does one that comes later; the connection is closed although nobody
// reads any more.
func TestBodyEndsWithoutData(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		for name, c := range endings {
			for _, reading := range []bool{true, false} {
				gate := s.Gate(name)
				left := gate.Left(1)
				h := handle(t, "/slow?gate="+name)
				ctx, cancel := context.WithCancel(bounded(t))
				b, err := h.Open(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := io.ReadFull(b, make([]byte, 1)); err != nil {
					t.Fatal(err)
				}
				ended := make(chan error, 1)
				started := make(chan struct{})
				if reading {
					go func() {
						close(started)
						_, err := b.Read(make([]byte, 1))
						ended <- err
					}()
					<-started
				}
				promptly(t, name, func() { c.end(h, b, cancel) })
				if !reading {
					hearsOfTheEnd(t, s, left)
					_, err := b.Read(make([]byte, 1))
					ended <- err
				}
				start := time.Now()
				if err := awaited(t, "the Read", ended); !errors.Is(err, c.want) {
					t.Errorf("%s, reading %v: %v", name, reading, err)
				}
				if took := time.Since(start); took > atOnce {
					t.Errorf("%s, reading %v: %v", name, reading, took)
				}
				cancel()
				h.Close()
				b.Close()
				awaited(t, "the end of the C handle", h.Done())
			}
		}
	})
}

// hearsOfTheEnd waits until the server does. Over HTTP/2 libcurl tells it when the connection is next used.
func hearsOfTheEnd(t *testing.T, s *testserver.HTTP, left <-chan struct{}) {
	t.Helper()
	if s.Authority == nil {
		awaited(t, "the end of the connection", left)
	}
}

// The engine waits for bodies that are read, and ends the others.
func TestEngineCloseEndsBodies(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/bytes/10000000")))
	b := opened(t, h)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Close: %v", err)
	}
	if _, err := io.ReadAll(b); !errors.Is(err, curl.ErrEngineClosed) {
		t.Errorf("Read: %v", err)
	}
	if body, err := io.ReadAll(opened(t, h)); err != nil || len(body) != 10_000_000 {
		t.Errorf("on its own: %d bytes, %v", len(body), err)
	}
}

// A body that nobody closes is ended when it is garbage, its handle too when that is.
func TestBodyIsDropped(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		drops := countDrops(t)
		gate := s.Gate("dropped")
		left := gate.Left(1)
		h := handle(t, "/slow?gate=dropped")
		func() {
			b, err := h.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			b.Read(make([]byte, 1))
		}()
		reached(t, "the warning about the body", func() bool { return drops.n.Load() == 1 })
		hearsOfTheEnd(t, s, left)
		reached(t, "the handle's rest", func() bool { return h.Set(opt.URL(s.URL("/"))) == nil })
		arrives(t, h, "hello\n")

		left = gate.Left(1)
		var done <-chan struct{}
		func() {
			h := handleWithoutCleanup(t, s, h)
			done = h.Done()
			b, err := h.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			b.Read(make([]byte, 1))
		}()
		reached(t, "the end of the handle", func() bool {
			select {
			case <-done:
				return true
			default:
				return false
			}
		})
		hearsOfTheEnd(t, s, left)
	})
}

// handleWithoutCleanup clones a handle, whose functions refer to it.
func handleWithoutCleanup(t *testing.T, s *testserver.HTTP, from *curl.Easy) *curl.Easy {
	t.Helper()
	h, err := from.Clone()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Set(opt.URL(s.URL("/slow?gate=dropped")), opt.HeaderFunction(func([]byte) error { return h.Resume(curl.Receiving) })); err != nil {
		t.Fatal(err)
	}
	return h
}

// reportsTrailers says whether the running libcurl hands over trailers: an old one keeps those of HTTP/2 to itself.
func reportsTrailers(t *testing.T, s *testserver.HTTP) bool {
	return s.Authority == nil || !olderThan(t, 0x075700)
}

// Panics and Goexit of callbacks inside Open and Read are those of Perform.
func TestCallbacksOfABodyGoWrong(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		s.Gate("trailer").Open()
		gone := func(do func()) (panicked any, returned bool) {
			elsewhere(t, func() {
				defer func() { panicked = recover() }()
				do()
				returned = true
			})
			return panicked, returned
		}
		for _, late := range []bool{false, true} { // in Read, where a trailer comes
			if late && !reportsTrailers(t, s) {
				continue
			}
			for name, misbehave := range map[string]func() error{
				"error": func() error { return errWhy }, "panic": func() error { panic(errWhy) }, "Goexit": func() error { runtime.Goexit(); return nil },
			} {
				h := handle(t, "/own/trailer", opt.HeaderFunction(func(line []byte) error {
					if late == (len(line) > 2 && (line[0] == 'X' || line[0] == 'x')) {
						return misbehave()
					}
					return nil
				}))
				var b *curl.Body
				var err error
				panicked, returned := gone(func() {
					if b, err = h.Open(bounded(t)); err == nil {
						_, err = io.ReadAll(b)
					}
				})
				switch p, _ := panicked.(*curl.CallbackPanic); name {
				case "error":
					if !errors.Is(err, errWhy) {
						t.Errorf("late %v: %v", late, err)
					}
				case "panic":
					if p == nil || p.Value != errWhy {
						t.Errorf("late %v: panicked with %v", late, panicked)
					}
				case "Goexit":
					if returned || panicked != nil {
						t.Errorf("late %v: returned %v, %v", late, err, panicked)
					}
				}
				if b != nil {
					if _, err := b.Read(make([]byte, 1)); err == nil || err == io.EOF {
						t.Errorf("late %v, %s: the next Read says %v", late, name, err)
					}
					b.Close()
				}
				if err := h.Set(opt.HeaderFunction(nil)); err == nil {
					if body, err := io.ReadAll(opened(t, h)); err != nil || string(body) != "x" {
						t.Errorf("late %v, %s: afterwards %q, %v", late, name, body, err)
					}
				} else if name != "Goexit" || !errors.Is(err, curl.ErrAbandoned) {
					t.Errorf("late %v, %s: afterwards %v", late, name, err)
				}
			}
		}
	})
}

// TestBodySaysWhatLibcurlSays: the text was lost on the way to Read's error.
func TestBodySaysWhatLibcurlSays(t *testing.T) {
	s := testserver.NewScript(t, testserver.Script{
		testserver.ExpectHead(),
		testserver.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n"),
	})
	g := newEngine(t, curl.EngineConfig{})
	for _, where := range []string{"own", "engine"} {
		h := newHandle(t, opt.URL("http://"+s.Addr()), opt.NoProxy("*"))
		if where == "engine" {
			if err := g.Attach(h); err != nil {
				t.Fatal(err)
			}
		}
		var performed, read *curl.Error
		if err := h.Perform(bounded(t)); !errors.As(err, &performed) || performed.Detail == "" {
			t.Fatalf("%s: Perform: %v", where, err)
		}
		b, err := h.Open(bounded(t))
		if err == nil {
			_, err = io.ReadAll(b)
			b.Close()
		}
		if !errors.As(err, &read) || read.Detail != performed.Detail {
			t.Errorf("%s: Read: %v; Perform: %v", where, err, performed)
		}
	}
}
