package curl

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func lifecycleEasy(t *testing.T, options ...opt.Option) *Easy {
	t.Helper()
	h, err := New(options...)
	if errors.Is(err, ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// TestSpareCarriesNothingOver sets all kinds of options, closes the handle unused, and looks at what the next one,
// which gets the same C handle, does.
func TestSpareCarriesNothingOver(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	called := func([]byte) error { return errors.New("a callback of the handle before") }
	old := lifecycleEasy(t,
		opt.URL(s.URL("/hang")), opt.UserAgent("old"), opt.UserPassword("old:secret"), opt.HTTPHeader([]string{"X-Old: 1"}),
		opt.PostFields([]byte("old")), opt.CustomRequest("OLD"), opt.Range("0-1"), opt.Timeout(time.Nanosecond),
		opt.WriteFunction(called), opt.HeaderFunction(called), opt.NoProxy("*"), opt.Proxy("http://127.0.0.1:1"),
		opt.ConnectOnly(opt.ConnectOnlyTransport), opt.NoBody(true), opt.Verbose(true), opt.NoProgress(false),
		opt.DebugFunction(func(opt.DebugKind, []byte) { t.Error("the old debug function") }),
		opt.XferInfoFunction(func(opt.Progress) error { return errors.New("the old progress function") }),
		opt.Resolve([]string{"localhost:80:127.0.0.1"}), opt.MaxConnects(1),
	)
	cell := old.h.cell
	old.Close()

	h := lifecycleEasy(t)
	if h.h.cell != cell {
		t.Fatal("the next handle got another C handle")
	}
	if text := cell.ErrorText(); text != "" {
		t.Errorf("it has the error text %q", text)
	}
	if cell.Debugging() {
		t.Error("it still has a debug callback")
	}
	if err := h.Set(opt.URL(s.URL("/echo")), opt.NoProxy("*")); err != nil {
		t.Fatal(err)
	}
	body, err := h.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var echo testserver.Echo
	if err := json.Unmarshal(body, &echo); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if echo.Method != "GET" || len(echo.Body) != 0 {
		t.Errorf("it made a %s with the body %q", echo.Method, echo.Body)
	}
	for _, name := range []string{"User-Agent", "Authorization", "X-Old", "Range", "Content-Type"} {
		if v := echo.Header[name]; v != nil {
			t.Errorf("it sent %s: %v", name, v)
		}
	}
}

// TestUsedHandleIsNoSpare: what a reset does not clean is never given to another handle.
func TestUsedHandleIsNoSpare(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	dir := t.TempDir()
	for name, use := range map[string]func(h *Easy) error{
		"Perform": func(h *Easy) error { return h.Perform(t.Context()) },
		"Perform failed": func(h *Easy) error {
			_ = h.Set(opt.URL("nonsense://"))
			_ = h.Perform(t.Context())
			return nil
		},
		"cookies":     func(h *Easy) error { return h.Set(opt.CookieList("Set-Cookie: a=1; domain=example.com; path=/")) },
		"cookie file": func(h *Easy) error { return h.Set(opt.CookieFile("")) },
		"cookie jar":  func(h *Easy) error { return h.Set(opt.CookieJar(filepath.Join(dir, "jar"))) },
		"HSTS":        func(h *Easy) error { return h.Set(opt.HSTS(filepath.Join(dir, "hsts"))) },
		"Alt-Svc":     func(h *Easy) error { return h.Set(opt.AltSvc(filepath.Join(dir, "altsvc"))) },
	} {
		t.Run(name, func(t *testing.T) {
			h := lifecycleEasy(t, opt.URL(s.URL("/")), opt.NoProxy("*"))
			switch err := use(h); {
			case errors.Is(err, ErrUnsupported), errors.Is(err, codes.UnknownOption):
				return // the running libcurl is too old or was built without: there is nothing to keep
			case err != nil:
				t.Fatal(err)
			}
			cell := h.h.cell
			h.Close()
			if isSpare(cell) {
				t.Error("the C handle is kept for another one")
			}
		})
	}
	clone, err := lifecycleEasy(t).Clone()
	if err != nil {
		t.Fatal(err)
	}
	cell := clone.h.cell
	clone.Close()
	if isSpare(cell) {
		t.Error("a clone's C handle is kept for another one")
	}
}

func isSpare(c capi.Cell) bool {
	spares.mu.Lock()
	defer spares.mu.Unlock()
	return slices.ContainsFunc(spares.list, func(s spare) bool { return s.cell == c })
}

// TestNewAndCloseFromManyGoroutines: no number of the slot table is ever given out twice, none is lost, and the table
// does not grow beyond what is needed at once.
func TestNewAndCloseFromManyGoroutines(t *testing.T) {
	lifecycleEasy(t).Close()
	rounds := testserver.Fewer(t, 10_000, 1000, "rounds")
	before, pages := freeSlots()
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for range rounds {
				h, err := New()
				if err != nil {
					t.Error(err)
					return
				}
				if slots.get(h.h.key) != h.h {
					t.Error("the number of a handle leads to another one")
				}
				h.Close()
			}
		})
	}
	all.Wait()
	after, grown := freeSlots()
	if grown > pages+1 {
		t.Errorf("32 handles at once made the table grow from %d to %d pages", pages, grown)
	}
	if after < before {
		t.Errorf("%d slots are free, there were %d", after, before)
	}
	if n := len(spares.list); n > maxSpares {
		t.Errorf("%d spare C handles", n)
	}
}

// freeSlots counts the numbers that a new handle can have: those that nobody has, and those of spare C handles.
func freeSlots() (free, pages int) {
	spares.mu.Lock()
	defer spares.mu.Unlock()
	slots.mu.Lock()
	defer slots.mu.Unlock()
	return len(slots.free) + len(spares.list), len(*slots.pages.Load())
}

func TestThousandsOfHandlesAtOnce(t *testing.T) {
	const n = 2000
	handles := make([]*Easy, n)
	keys := map[uintptr]bool{}
	cells := map[capi.Cell]bool{}
	for i := range handles {
		handles[i] = lifecycleEasy(t, opt.URL("http://127.0.0.1/"))
		keys[handles[i].h.key], cells[handles[i].h.cell] = true, true
	}
	if len(keys) != n || len(cells) != n {
		t.Errorf("%d handles have %d numbers and %d C handles", n, len(keys), len(cells))
	}
	for _, h := range handles {
		h.Close()
	}
	for key := range keys {
		if slots.get(key) != nil {
			t.Fatal("a number still leads to its handle")
		}
	}
}
