package curl_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// dropCounter counts the handles that warnings say were dropped without Close, and the warnings.
type dropCounter struct{ n, warnings atomic.Int32 }

func (c *dropCounter) Enabled(context.Context, slog.Level) bool { return true }
func (c *dropCounter) WithAttrs([]slog.Attr) slog.Handler       { return c }
func (c *dropCounter) WithGroup(string) slog.Handler            { return c }
func (c *dropCounter) Handle(_ context.Context, r slog.Record) error {
	if r.Level == slog.LevelWarn && strings.Contains(r.Message, "dropped without Close") {
		times := int32(1)
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "times" {
				times = int32(a.Value.Int64())
			}
			return true
		})
		c.n.Add(times)
		c.warnings.Add(1)
	}
	return nil
}

func countDrops(t *testing.T) *dropCounter {
	t.Helper()
	reached(t, "the warnings about the drops of other tests", curl.ToldOfDrops)
	c := &dropCounter{}
	t.Cleanup(slogTo(c))
	return c
}

// reached collects garbage until holds does.
func reached(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); runtime.GC() {
		if time.Now().After(end) {
			t.Fatalf("never reached: %s", what)
		}
		runtime.Gosched()
	}
}

// TestAHandleMadeAfterAClosedOneIsMissed: what notices a drop is handed from a closed handle to the next.
func TestAHandleMadeAfterAClosedOneIsMissed(t *testing.T) {
	drops := countDrops(t)
	var closed []*curl.Easy
	for i := range int32(3) {
		h := newHandle(t)
		h.Close()
		closed = append(closed, h)
		func() {
			if _, err := curl.New(opt.URL("http://host/")); err != nil {
				t.Fatal(err)
			}
		}()
		reached(t, "the handle is missed", func() bool { return drops.n.Load() >= i+1 })
	}
	for _, h := range closed {
		h.Close() // once more, when its guard is somebody else's
	}
	h := newHandle(t)
	closed = nil
	for range 3 {
		runtime.GC()
	}
	if err := h.Set(opt.URL("http://host/")); err != nil {
		t.Error(err)
	}
	if n := drops.n.Load(); n != 3 {
		t.Errorf("%d handles were missed, not 3", n)
	}
}

// leftBehind makes handles that nobody closes, whose callbacks refer to them, and whose connections are open.
func leftBehind(t *testing.T, s *testserver.HTTP, n int) {
	t.Helper()
	for range n {
		h, err := curl.New(opt.URL(s.URL("/")), opt.NoProxy("*"))
		if err != nil {
			t.Fatal(err)
		}
		body := 0
		err = h.Set(opt.WriteFunction(func(p []byte) error {
			body += len(p)
			return h.Resume(curl.Receiving)
		}), opt.CloseSocketFunction(func(fd uintptr) error {
			t.Error("a callback of a handle that was dropped: ", h)
			return closeFD(fd)
		}))
		if err != nil {
			t.Fatal(err)
		}
		setMIME(t, h, curl.Part{Reader: readerFunc(func([]byte) (int, error) { return 0, h.Close() })})
		if err := h.Set(opt.HTTPGet(true)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.WithValue(t.Context(), h, h))
		if err := h.Perform(ctx); err != nil || body == 0 {
			t.Errorf("%d bytes, %v", body, err)
		}
		cancel()
		clone, err := h.Clone() // nobody closes that one either
		if err != nil {
			t.Fatal(err)
		}
		if err := clone.Set(opt.XferInfoFunction(func(opt.Progress) error { return clone.Cancel() })); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDroppedHandlesAreReportedAndFreed(t *testing.T) {
	warmUp(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	drops, files := countDrops(t), testserver.OpenFiles()
	leftBehind(t, s, 10)
	reached(t, "20 drops", func() bool { return drops.n.Load() == 20 })
	reached(t, "as few descriptors as before", func() bool { return testserver.OpenFiles() <= files })
}

// TestManyDropsAreFewWarnings: a program that forgets its handles had a line of log for each.
func TestManyDropsAreFewWarnings(t *testing.T) {
	drops := countDrops(t)
	begun := time.Now()
	func() {
		for range 1000 {
			stateEasyUnowned(t)
		}
	}()
	reached(t, "1000 drops", func() bool { return drops.n.Load() >= 1000 })
	if n, most := drops.warnings.Load(), int32(time.Since(begun)/time.Second)+2; n > most {
		t.Errorf("%d warnings", n)
	}
}

// TestDroppedInFlightIsKeptToTheEnd: a handle that only its Perform still knows is not collected.
func TestDroppedInFlightIsKeptToTheEnd(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	drops := countDrops(t)
	ended := make(chan error, 1)
	func() {
		h, err := curl.New(opt.URL(s.URL("/slow")), opt.NoProxy("*"))
		if err != nil {
			t.Fatal(err)
		}
		go func() { ended <- h.Perform(context.Background()) }()
	}()
	awaited(t, "the request", s.Gate("").Arrived(1))
	for range 5 {
		runtime.GC()
	}
	if n := drops.n.Load(); n != 0 {
		t.Errorf("%d warnings while it is in flight", n)
	}
	s.Gate("").Open()
	if err := awaited(t, "the end", ended); err != nil {
		t.Error(err)
	}
	reached(t, "a warning", func() bool { return drops.n.Load() == 1 })
}

// TestClosedHandlesAreNotReported, whether Close has freed them or deferred that.
func TestClosedHandlesAreNotReported(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	drops := countDrops(t)
	func() {
		for range 10 {
			stateEasyUnowned(t).Close()
			var h *curl.Easy
			h = stateEasyUnowned(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { return h.Close() }))
			_ = h.Perform(t.Context())
		}
		leftBehind(t, s, 1) // so that there is something to wait for
	}()
	reached(t, "the warnings about the others", func() bool { return drops.n.Load() >= 2 })
	if n := drops.n.Load(); n != 2 {
		t.Errorf("%d warnings", n)
	}
}

// stateEasyUnowned is stateEasy without anything that keeps the handle alive.
func stateEasyUnowned(t *testing.T, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
