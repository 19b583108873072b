package curl_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// However often transfers are stopped, only so many resolvers are left at work; the others wait, and can be stopped too.
func TestResolversLeftBehindAreBounded(t *testing.T) {
	const rounds = 40
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		bound, lookups := rounds, 1 // per transfer
		if blocks, _ := blockingResolver(t); blocks {
			bound = 16
		} else if !olderThan(t, 0x081400) { // 8.20.0: libcurl has 20 threads for a handle, and asks for IPv4 and IPv6
			bound, lookups = 20, 2
		}
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		h := handleWith(t)
		for i := range rounds {
			if err := h.Set(opt.URL(hanging)); err != nil {
				t.Fatal(err)
			}
			asked := r.Asked(len(r.Names()) + 1)
			ctx, cancel := context.WithCancel(context.Background())
			ended := make(chan error, 1)
			go func() { ended <- h.Perform(ctx) }()
			if (i+1)*lookups <= bound {
				await(t, "the resolver's start", asked)
			}
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Fatalf("round %d: %v", i, err)
			}
		}
		if len(r.Names()) > bound {
			t.Errorf("%d resolvers are at work, want at most %d", len(r.Names()), bound)
		}
		// One more waits for room, which the release makes; then it learns that there is no such name.
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(bounded(t)) }()
		r.Release()
		if err := <-ended; err == nil {
			t.Error("the name was resolved")
		}
		if err := h.Set(opt.URL(good.URL("/"))); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
	})
}

// The C handle that is left behind, and the twin of one that is not, keep their hands off the user's files.
func TestOnlyTheHandleWritesItsFiles(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		files := map[string]func(string) opt.Option{"cookies": opt.CookieJar, "hsts": opt.HSTS, "alt-svc": opt.AltSvc}
		dir := t.TempDir()
		h := handleWith(t, opt.URL(good.URL("/cookies?kept=1")))
		for name, option := range files {
			if err := h.Set(option(filepath.Join(dir, name))); err != nil {
				delete(files, name)
				t.Logf("without %s: %v", name, err)
			}
		}
		written := func() (n int) {
			for name := range files {
				if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
					n++
				}
			}
			return n
		}
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
		if err := h.Set(opt.URL(hanging)); err != nil {
			t.Fatal(err)
		}
		stopPerform(t, h, phase{reached: r.Asked(1)}, stops[0])
		if n := written(); n != 0 {
			t.Errorf("%d files are written before the handle is closed", n)
		}
		h.Close()
		jar, err := os.ReadFile(filepath.Join(dir, "cookies"))
		if err != nil || len(jar) == 0 {
			t.Errorf("the cookies of the closed handle: %q, %v", jar, err)
		}
		for name := range files {
			os.Remove(filepath.Join(dir, name))
		}
		r.Release()
		await(t, "the end of the C handle", h.Done())
		if n := written(); n != 0 {
			t.Errorf("%d files are written after the handle was closed", n)
		}
	})
}

// A callback that fails ends the transfer as promptly as a context does, even when libcurl waits for its resolver then.
func TestCallbackFailsWhileResolving(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		if blocks, inStep := blockingResolver(t); inStep || !blocks {
			return // libcurl calls nothing while it is in the resolver, or does not wait for it
		}
		for name, fail := range map[string]func() error{
			"error": func() error { return errWhy },
			"panic": func() error { panic(errWhy) },
		} {
			t.Run(name, func(t *testing.T) {
				asked := r.Asked(len(r.Names()) + 1)
				h := handleWith(t, opt.URL(hanging), opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error {
					select {
					case <-asked:
						return fail()
					default:
						return nil
					}
				}))
				ended := make(chan any, 1)
				go func() {
					defer func() {
						if v := recover(); v != nil {
							ended <- v
						}
					}()
					ended <- h.Perform(bounded(t))
				}()
				select {
				case got := <-ended:
					if err, _ := got.(error); !errors.Is(err, errWhy) {
						t.Errorf("Perform ends with %v", got)
					}
				case <-time.After(2 * hangGuard): // libcurl reports progress once a second
					t.Fatal("Perform does not return")
				}
			})
		}
	})
}

// Goexit in a callback ends the goroutine that called Perform, whichever goroutine drives the transfer.
func TestGoexitEndsTheGoroutineThatPerforms(t *testing.T) {
	privately(t, "callbacks have no frames of libcurl under them, TestEngineSurvivesGoexit")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		runtime.Goexit()
		return nil
	}))
	done, returned := make(chan struct{}), false
	go func() {
		defer close(done)
		h.Perform(bounded(t))
		returned = true
	}()
	await(t, "the goroutine's end", done)
	if returned {
		t.Error("Perform returned")
	}
	if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrAbandoned) {
		t.Errorf("Perform afterwards: %v", err)
	}
}
