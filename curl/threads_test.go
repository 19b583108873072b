package curl

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestThreadsOfWaitingTransfers: all begin at once, all wait for their answers at the same moment, all get them at once.
func TestThreadsOfWaitingTransfers(t *testing.T) {
	crowdIn(t, func(n int) string {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		all, over := s.Gate("").Arrived(n), s.Gate("answer").Arrived(1)
		go func() {
			<-all
			s.Gate("all").Open()
			<-over
			s.Gate("").Open()
			s.Gate("answer").Open()
		}()
		return s.URL("/hang")
	}, func(ctx context.Context, url string, n int) {
		ended := launch(n, func(h *Easy) error {
			body, err := h.Fetch(ctx)
			if err == nil && string(body) != "late\n" {
				err = errors.New("the body is " + string(body))
			}
			return err
		}, opt.URL(url))
		tell := func(gate string) <-chan error {
			return launch(1, func(h *Easy) error { return h.Perform(ctx) }, opt.URL(url+"?gate="+gate))
		}
		all, told := make(chan struct{}), tell("all")
		go func() {
			if err := <-told; err == nil {
				close(all)
			}
		}()
		reach(t, ctx, "all requests have arrived", all, ended)
		wantFewThreads(t, "all wait")
		tell("answer")
		for range n {
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
		}
		wantFewThreads(t, "all have ended")
	})
}

// TestThreadsOfConnectingTransfers: nobody accepts, and all are stopped at once.
func TestThreadsOfConnectingTransfers(t *testing.T) {
	crowdIn(t, func(n int) string {
		return "http://" + testserver.NewBlackhole(t).Addr() + "/"
	}, func(ctx context.Context, url string, n int) {
		ctx, cancel := context.WithCancel(ctx)
		one, all := counted(n)
		ended := launch(n, func(h *Easy) error { return h.Perform(ctx) }, opt.URL(url),
			opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
				one()
				return false, nil
			}))
		reach(t, ctx, "all connect", all, ended)
		wantFewThreads(t, "all connect")
		cancel()
		for range n {
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		wantFewThreads(t, "all have been stopped")
	})
}
