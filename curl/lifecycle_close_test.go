package curl_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// closeTogether closes the handle from many goroutines at once.
func closeTogether(t *testing.T, h *curl.Easy) {
	t.Helper()
	var start, all sync.WaitGroup
	start.Add(1)
	for range 16 {
		all.Go(func() {
			start.Wait()
			promptly(t, "Close", func() {
				if err := h.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
		})
	}
	start.Done()
	all.Wait()
}

func TestCloseFromManyGoroutinesAtOnce(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 20 {
		fresh := stateEasy(t)
		closeTogether(t, fresh)
		awaited(t, "Done", fresh.Done())

		closes := 0
		used := stateEasy(t, opt.URL(s.URL("/")), opt.CloseSocketFunction(func(fd uintptr) error {
			closes++
			return closeFD(fd)
		}))
		if err := used.Perform(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := used.Done()
		closeTogether(t, used)
		awaited(t, "Done", before)
		awaited(t, "Done", used.Done())
		if closes != 1 {
			t.Errorf("the connection was closed %d times", closes)
		}

		inFlight, err := halfway(t, s, nil, func(h *curl.Easy) { closeTogether(t, h) })
		if !errors.Is(err, curl.ErrClosed) {
			t.Errorf("the transfer ended with %v", err)
		}
		awaited(t, "Done", inFlight.Done())
	}
}

// TestCloseByAGoroutineThatACallbackWaitsFor returns while the callback is in progress, and Done comes after it.
func TestCloseByAGoroutineThatACallbackWaitsFor(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h, err := halfway(t, s, func(h *curl.Easy) {
		elsewhere(t, func() { promptly(t, "Close", func() { h.Close() }) })
		select {
		case <-h.Done():
			t.Error("the C handle is gone inside its own callback")
		default:
		}
	}, nil)
	if !errors.Is(err, curl.ErrClosed) {
		t.Errorf("the transfer ended with %v", err)
	}
	awaited(t, "Done", h.Done())
}

func TestCloseRacesWithTheStartOfPerform(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 200 {
		h := stateEasy(t, opt.URL(s.URL("/hang")))
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(context.Background()) }()
		runtime.Gosched()
		h.Close()
		if err := awaited(t, "the end", ended); !errors.Is(err, curl.ErrClosed) {
			t.Fatalf("Perform: %v", err)
		}
		awaited(t, "Done", h.Done())
	}
}

// TestEverythingAfterGoexit: the handle whose callback ended its goroutine refuses all but Close, and says why.
func TestEverythingAfterGoexit(t *testing.T) {
	privately(t, "callbacks have no frames of libcurl under them, TestEngineSurvivesGoexit")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { runtime.Goexit(); return nil }))
	before := curl.Abandoned()
	elsewhere(t, func() {
		_ = h.Perform(context.Background())
		t.Error("Perform returned")
	})
	awaited(t, "Done", h.Done())
	if n := curl.Abandoned() - before; n != 1 {
		t.Errorf("%d handles were abandoned", n)
	}
	for op, call := range stateCalls {
		err := call(h)
		v, verr := curl.Version()
		switch {
		case op == state.Close && err == nil, errors.Is(err, curl.ErrAbandoned):
		case op == state.Headers && errors.Is(err, curl.ErrUnsupported) && verr == nil && v.Num < 0x075300:
		default:
			t.Errorf("%v: %v", op, err)
		}
	}
}
