package curl_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A callback that asks for a pause is called again with the same data after Resume, and nothing is lost or doubled.
func TestPauseFromCallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, name := range []string{"write", "header", "read"} {
		t.Run(name, func(t *testing.T) {
			paused := make(chan struct{}, 1)
			n := 0
			pausing := func() bool { // every other call
				n++
				if n%2 == 1 && n < 40 {
					paused <- struct{}{}
					return true
				}
				return false
			}
			back, head := matcher{t: t}, ""
			source := testserver.NewPatternReader(2 << 20)
			h := easy(t, opt.URL(s.URL("/echo-body")), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}),
				opt.ReadFunction(source.Read), opt.WriteFunction(back.write))
			switch name {
			case "write":
				setAll(t, h, opt.WriteFunction(func(p []byte) error {
					if pausing() {
						return opt.ErrPause
					}
					return back.write(p)
				}))
			case "header":
				setAll(t, h, opt.HeaderFunction(func(p []byte) error {
					if pausing() {
						return opt.ErrPause
					}
					head += string(p) // 7.74.0 hands over in one what has come meanwhile
					return nil
				}))
			case "read":
				setAll(t, h, opt.ReadFunction(func(p []byte) (int, error) {
					if pausing() {
						if n%4 == 1 {
							return 0, opt.ErrPause
						}
						m, _ := source.Read(p[:min(len(p), 100)])
						return m, opt.ErrPause // takes effect after these bytes
					}
					return source.Read(p)
				}))
			}
			result := begin(t, h)
			for {
				select {
				case <-paused:
					if err := h.Resume(curl.Receiving | curl.Sending); err != nil {
						t.Error(err)
					}
					continue
				case err := <-result:
					if err != nil || back.off != 2<<20 || n < 2 {
						t.Errorf("%v; %d bytes, %d calls", err, back.off, n)
					}
					if name == "header" && (!strings.HasPrefix(head, "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(head, "\r\n\r\n")) {
						t.Errorf("the header is %q", head)
					}
				}
				break
			}
		})
	}
}

// While a direction is paused its data callback is not called. Resume wakes it up, from another goroutine.
func TestPausedCallbackIsNotCalled(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var paused atomic.Bool
	stopped := make(chan struct{})
	body := matcher{t: t}
	var h *curl.Easy
	h = easy(t, opt.URL(s.URL("/bytes/1000000")), opt.WriteFunction(func(p []byte) error {
		if paused.Load() {
			t.Error("called while paused")
		}
		if body.off == 0 {
			paused.Store(true)
			if err := h.Pause(curl.Receiving); err != nil {
				t.Error(err)
			}
			close(stopped)
		}
		return body.write(p)
	}))
	result := begin(t, h)
	within(t, "the pause", stopped)
	select {
	case err := <-result:
		t.Fatal("the transfer ended in its pause: ", err)
	default:
	}
	paused.Store(false)
	if err := h.Resume(curl.Receiving); err != nil {
		t.Error(err)
	}
	if err := within(t, "the end", result); err != nil || body.off != 1000000 {
		t.Errorf("%v; %d bytes", err, body.off)
	}
}

// Pause and Resume from other goroutines, thousands of times, while the callbacks run: a flush of kept data never enters
// the write function beside or within another call of it, and the body stays whole. (This is where libcurl 8 corrupts
// its memory when two threads do it.)
func TestPauseFlushInterleaving(t *testing.T) {
	const size = 4 << 20
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var inside, calls atomic.Int32
	back, source := matcher{t: t}, testserver.NewPatternReader(size)
	once := func(f func()) {
		if inside.Add(1) != 1 {
			t.Error("two callbacks at once")
		}
		f()
		calls.Add(1)
		inside.Add(-1)
	}
	h := easy(t, opt.URL(s.URL("/echo-body")), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}),
		opt.WriteFunction(func(p []byte) (err error) { once(func() { err = back.write(p) }); return err }),
		opt.ReadFunction(func(p []byte) (n int, err error) { once(func() { n, err = source.Read(p) }); return n, err }))
	result := begin(t, h)
	over := make(chan struct{})
	var pausing sync.WaitGroup
	for i := range 4 {
		pausing.Go(func() {
			dir := []curl.Direction{curl.Receiving, curl.Sending, curl.Receiving | curl.Sending}[i%3]
			for n := 0; ; n++ {
				select {
				case <-over:
					return
				default:
				}
				if h.Pause(dir) == nil && n%3 == 0 {
					h.Resume(dir)
				}
				h.Resume(curl.Receiving | curl.Sending)
			}
		})
	}
	err := within(t, "the end", result)
	close(over)
	pausing.Wait()
	if err != nil || back.off != size {
		t.Errorf("%v; %d bytes came back in %d calls", err, back.off, calls.Load())
	}
}

// A callback that fails when a pause is lifted ends its transfer: libcurl 7 forgets such a failure.
func TestFailureInFlush(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, fail := range map[string]func() error{
		"error": func() error { return errOfCallback },
		"panic": func() error { explode("flush"); return nil },
	} {
		paused := make(chan struct{})
		calls := 0
		h := easy(t, opt.URL(s.URL("/slow?gate="+name)), opt.WriteFunction(func([]byte) error {
			if calls++; calls == 1 {
				close(paused)
				return opt.ErrPause
			}
			return fail()
		}))
		result, raised := make(chan error, 1), make(chan any, 1)
		ctx := patient(t)
		go func() { defer func() { raised <- recover() }(); result <- h.Perform(ctx) }()
		within(t, "the pause", paused)
		if err := h.Resume(curl.Receiving); err != nil {
			t.Error(err)
		}
		p := within(t, "the end", raised) // although the server has not sent all
		if name == "panic" {
			wantPanic(t, p, "flush")
		} else if err := <-result; p != nil || !errors.Is(err, errOfCallback) || calls != 2 {
			t.Errorf("%v, %v after %d calls", err, p, calls)
		}
	}
}

// Pausing what is no direction used to do nothing, and to say nothing.
func TestPauseOfNoDirectionIsAnError(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	h = easy(t, opt.URL(s.URL("/bytes/1")), opt.WriteFunction(func([]byte) error {
		for _, dir := range []curl.Direction{0, 2, curl.Receiving | 8} {
			if err := h.Pause(dir); !errors.Is(err, codes.BadFunctionArgument) {
				t.Errorf("Pause(%d): %v", dir, err)
			}
			if err := h.Resume(dir); !errors.Is(err, codes.BadFunctionArgument) {
				t.Errorf("Resume(%d): %v", dir, err)
			}
		}
		return nil
	}))
	perform(t, h)
	if s := (curl.Receiving | curl.Sending).String() + curl.Direction(2).String(); s != "receiving|sendingDirection(2)" {
		t.Errorf("directions print as %s", s)
	}
	if err := h.Pause(0); !errors.Is(err, curl.ErrNotInFlight) {
		t.Errorf("at rest: %v", err)
	}
}
