package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiHoldsManySockets: 1500 transfers at once, far more than select could wait for.
func TestMultiHoldsManySockets(t *testing.T) {
	const n = 1500
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if v := version(t).Num; v == 0x080e00 {
		t.Skip("8.14.0 cannot")
	}
	m := newMulti(t)
	arrived := s.Gate("many").Arrived(n)
	for range n {
		addAll(t, m, stateEasy(t, opt.URL(s.URL("/hang?gate=many"))))
	}
	runUntil(t, m, "all requests", func() bool {
		select {
		case <-arrived:
			return true
		default:
			return false
		}
	})
	if got := s.Connections(); got != n {
		t.Errorf("%d connections", got)
	}
	s.Gate("many").Open()
	messages := runAll(t, m)
	for _, msg := range messages {
		if msg.Err != nil {
			t.Fatal(msg.Err)
		}
	}
	if len(messages) != n {
		t.Errorf("%d messages", len(messages))
	}
}
