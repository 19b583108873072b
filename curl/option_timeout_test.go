package curl_test

import (
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl has no timer for this one: it needs a driver that looks at its transfers once in a while.
func TestServerResponseTimeoutEndsTheWaitForASilentServer(t *testing.T) {
	t.Parallel()
	silent := testserver.NewScript(t, testserver.Script{testserver.Hold()})
	h := newHandle(t, opt.URL("ftp://"+silent.Addr()+"/"), opt.ServerResponseTimeout(50*time.Millisecond),
		opt.Timeout(20*time.Second))
	start := time.Now()
	err := h.Perform(t.Context())
	if took := time.Since(start); !errors.Is(err, codes.OperationTimedOut) || took > 10*time.Second {
		t.Errorf("%v after %v", err, took)
	}
}

// The same for progress: a callback is told about once a second also when nothing moves, so that it can end the wait.
func TestProgressIsReportedWhileNothingMoves(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	enough := errors.New("enough")
	calls, since := 0, time.Now()
	h := newHandle(t, opt.URL(s.URL("/hang")), opt.NoProgress(false), opt.Timeout(20*time.Second),
		opt.XferInfoFunction(func(opt.Progress) error {
			if calls++; time.Since(since) > time.Second {
				return enough
			}
			return nil
		}))
	if err := h.Perform(t.Context()); !errors.Is(err, enough) {
		t.Errorf("%v after %d calls", err, calls)
	}
}
