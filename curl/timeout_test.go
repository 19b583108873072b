package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The shorter one of an option's timeout and the context's deadline ends the transfer, in every phase.
func TestTheShorterTimeoutCounts(t *testing.T) {
	const short, long = 50 * time.Millisecond, time.Hour
	for _, p := range phases {
		t.Run(p.name, func(t *testing.T) {
			t.Run("option", func(t *testing.T) {
				h := handleWith(t, append(p.start(t).options, opt.Timeout(short))...)
				err := timesOut(t, h, long)
				if !errors.Is(err, codes.OperationTimedOut) || errors.Is(err, context.DeadlineExceeded) || err.Detail == "" {
					t.Errorf("the error is %#v", err)
				}
			})
			t.Run("context", func(t *testing.T) {
				h := handleWith(t, append(p.start(t).options, opt.Timeout(long))...)
				err := timesOut(t, h, short)
				if !errors.Is(err, codes.OperationTimedOut) || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, errWhy) {
					t.Errorf("the error is %#v", err)
				}
			})
		})
	}
}

// timesOut runs a transfer that comes to no end, with a deadline so far away.
func timesOut(t *testing.T, h *curl.Easy, after time.Duration) *curl.Error {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(context.Background(), after, errWhy)
	defer cancel()
	began := time.Now()
	err := h.Perform(ctx)
	if took := time.Since(began); took > hangGuard {
		t.Errorf("it took %v", took)
	}
	var e *curl.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v", err)
	}
	if !e.Timeout() {
		t.Errorf("%v is no timeout", err)
	}
	return e
}

func TestADeadlineIsForgottenWithItsContext(t *testing.T) {
	p := phaseWaiting(t)
	h := handleWith(t, append(p.options, opt.Timeout(100*time.Millisecond))...)
	timesOut(t, h, 10*time.Millisecond)
	began := time.Now()
	if err := timesOut(t, h, time.Hour); errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
	if took := time.Since(began); took < 100*time.Millisecond {
		t.Errorf("the second transfer ended after %v", took)
	}
}

func TestConnectTimeoutCountsBesideADeadline(t *testing.T) {
	p := phaseConnecting(t)
	h := handleWith(t, append(p.options, opt.ConnectTimeout(50*time.Millisecond), opt.Timeout(time.Hour))...)
	if err := timesOut(t, h, time.Hour); !errors.Is(err, codes.OperationTimedOut) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
}
