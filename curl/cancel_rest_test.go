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

func TestEndedContextStartsNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/")), opt.UserAgent("still here"))
	canceled, cancel := context.WithCancelCause(context.Background())
	cancel(errWhy)
	expired, cancel2 := context.WithDeadlineCause(context.Background(), time.Now().Add(-time.Second), errWhy)
	defer cancel2()
	for ctx, want := range map[context.Context]stop{
		canceled: {want: []error{context.Canceled, errWhy}},
		expired:  {want: []error{context.DeadlineExceeded, errWhy}, timeout: true},
	} {
		wantStopped(t, h.Perform(ctx), want)
		_, err := h.Fetch(ctx)
		wantStopped(t, err, want)
	}
	if s.Connections() != 0 {
		t.Errorf("%d connections", s.Connections())
	}
	worksStill(t, h, s)
}

func TestRefusalComesBeforeTheContext(t *testing.T) {
	h := handleWith(t)
	h.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := h.Perform(ctx); !errors.Is(err, curl.ErrClosed) || errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, curl.ErrClosed)
	}
}

func TestStoppingAfterTheEndLeavesTheNextTransferAlone(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/")))
	for range 200 { // the window is small
		ctx, cancel := context.WithCancel(context.Background())
		ended, stopped := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(stopped)
			<-ended
			cancel()
			h.Cancel() // may hit the second transfer, which says so then
		}()
		if err := h.Perform(ctx); err != nil {
			t.Fatalf("the transfer before: %v", err)
		}
		close(ended)
		err := h.Perform(bounded(t))
		if errors.Is(err, context.Canceled) || err != nil && !errors.Is(err, curl.ErrCancelled) {
			t.Fatalf("the transfer after: %v", err)
		}
		<-stopped
	}
}

func TestCancelWithoutATransferDoesNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/")))
	for range 3 {
		if err := h.Cancel(); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
	}
	h.Close()
	if err := h.Cancel(); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("Cancel of a closed handle: %v", err)
	}
}

func TestCancelInsideACallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, stop := range map[string]struct {
		call func(h *curl.Easy, cancel context.CancelFunc)
		want error
	}{
		"context":     {func(_ *curl.Easy, cancel context.CancelFunc) { cancel() }, context.Canceled},
		"Easy.Cancel": {func(h *curl.Easy, _ context.CancelFunc) { h.Cancel() }, curl.ErrCancelled},
		"Easy.Close":  {func(h *curl.Easy, _ context.CancelFunc) { h.Close() }, curl.ErrClosed},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(bounded(t))
			defer cancel()
			h := handleWith(t, opt.URL(s.URL("/slow"))) // its second byte never comes
			if err := h.Set(opt.WriteFunction(func([]byte) error {
				stop.call(h, cancel)
				return nil
			})); err != nil {
				t.Fatal(err)
			}
			if err := h.Perform(ctx); !errors.Is(err, stop.want) {
				t.Errorf("the error is %v, want %v", err, stop.want)
			}
		})
	}
}

func TestTheFirstOfSeveralStopsIsTheCause(t *testing.T) {
	p := phaseWaiting(t)
	h := handleWith(t, p.options...)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(ctx) }()
	await(t, "the phase", p.reached)
	h.Cancel()
	h.Close()
	cancel()
	err := <-ended
	if !errors.Is(err, curl.ErrCancelled) || errors.Is(err, curl.ErrClosed) || errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v alone", err, curl.ErrCancelled)
	}
	await(t, "the end of the C handle", h.Done())
}
