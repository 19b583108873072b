package curl

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// While most transfers of an engine are busy its driver steps by curl_multi_perform. All that can happen to a transfer
// happens as before; and a callback inside libcurl has it go back to events.
func TestDenseEngine(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+os.Getenv("GOCURL_LIBRARY"), "GOCURL_TEST_DENSE=1") {
		return
	}
	if err := loader.Ensure(); err != nil {
		t.Skip("there is no libcurl: ", err)
	}
	if resolverBlocks() || driverConfig().Polling {
		t.Skip("no driver for many handles waits for events with this libcurl")
	}
	g, err := NewEngine(EngineConfig{Shards: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(context.Background())
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	on := func(path string, options ...opt.Option) *Easy {
		e := handleAt(t, s.URL(path), options...)
		if err := g.Attach(e, OnSpot); err != nil {
			t.Fatal(err)
		}
		return e
	}
	fetches(t, on("/"), "hello\n")
	d := g.fleet.lanes[0].drv
	dense := func() bool {
		d.Lock()
		defer d.Mu.Unlock()
		return d.C().Dense()
	}

	var seen atomic.Bool
	pieces := on("/bytes/1000000", opt.WriteFunction(func([]byte) error {
		seen.Store(seen.Load() || dense())
		return nil
	}))
	if err := pieces.Perform(t.Context()); err != nil {
		t.Error(err)
	}
	if !seen.Load() {
		t.Fatal("the driver is not dense; this is a test of nothing")
	}
	late := on("/hang", opt.Timeout(100*time.Millisecond))
	if err := late.Perform(t.Context()); !errors.Is(err, codes.OperationTimedOut) {
		t.Errorf("with a timeout: %v", err)
	}

	hangs, ended := on("/hang"), make(chan error)
	go func() { ended <- hangs.Perform(t.Context()) }()
	<-s.Gate("").Arrived(2)
	fetches(t, on("/"), "hello\n")
	calls := 0
	spot := on("/", opt.FreshConnect(true), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
		if calls++; dense() {
			t.Error("a callback runs inside libcurl, and the driver is dense")
		}
		return false, nil
	}))
	fetches(t, spot, "hello\n")
	if calls != 1 {
		t.Errorf("the callback inside libcurl was called %d times", calls)
	}
	if err := hangs.Cancel(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, ErrCancelled) {
		t.Errorf("cancelled: %v", err)
	}
	fetches(t, on("/"), "hello\n")
}
