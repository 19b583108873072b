package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestEngineWaitsGoOnWhenTheBusyOneStops: while one goroutine makes request after request, it alone looks after the
// transfers that wait. When it stops, whatever they wait for must be seen all the same.
func TestEngineWaitsGoOnWhenTheBusyOneStops(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	ctx := bounded(t)
	busy := engineHandle(t, g, opt.URL(s.URL("/")))
	ended := map[string]chan error{}
	begin := func(name string, f func() error) {
		end := make(chan error, 1)
		ended[name] = end
		go func() { end <- f() }()
	}
	waits := func(gate string, options ...opt.Option) *curl.Easy {
		return engineHandle(t, g, append(options, opt.URL(s.URL("/slow?gate="+gate)))...)
	}

	answered := waits("a")
	begin("answered", func() error {
		_, err := answered.Fetch(ctx)
		return err
	})
	cancelled := waits("never")
	begin("cancelled", func() error {
		_, err := cancelled.Fetch(ctx)
		if errors.Is(err, curl.ErrCancelled) {
			return nil
		}
		return errors.Join(errors.New("it was to be cancelled"), err)
	})
	paused, pauses := waits("b"), make(chan struct{})
	set(t, paused, opt.WriteFunction(func(p []byte) error {
		if string(p) == "1" {
			paused.Pause(curl.Receiving)
			close(pauses)
		}
		return nil
	}))
	begin("resumed", func() error { return paused.Perform(ctx) })
	read := waits("c")
	begin("read", func() error { return readAll(t, read) })
	<-s.Gate("a").Arrived(1)
	<-s.Gate("never").Arrived(1)
	<-s.Gate("b").Arrived(1)
	<-s.Gate("c").Arrived(1)
	<-pauses

	for end := time.Now().Add(60 * time.Millisecond); time.Now().Before(end); {
		if _, err := busy.Fetch(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := cancelled.Cancel(); err != nil {
		t.Error(err)
	}
	if err := paused.Resume(curl.Receiving); err != nil {
		t.Error(err)
	}
	for _, gate := range []string{"a", "b", "c"} {
		s.Gate(gate).Open()
	}
	for name, err := range ended {
		select {
		case err := <-err:
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case <-ctx.Done():
			t.Errorf("%s: it waits for ever", name)
		}
	}
	if err := g.Close(context.Background()); err != nil {
		t.Error(err)
	}
}
