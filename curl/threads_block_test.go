package curl

import (
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// othersGoOn has 100 transfers begin and end while something else blocks.
func othersGoOn(t *testing.T, s *testserver.HTTP) {
	t.Helper()
	const n = 100
	ended := launch(n, func(h *Easy) error { return h.Perform(t.Context()) }, opt.URL(s.URL("/bytes/5000")))
	tooLate := time.After(10 * time.Second)
	for i := range n {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
		case <-tooLate:
			t.Fatalf("%d of %d transfers have ended", i, n)
		}
	}
}

// TestSleepingCallbackDelaysNobody, one or more of them than libcurl may be inside of at once.
func TestSleepingCallbackDelaysNobody(t *testing.T) {
	for name, sleepers := range map[string]int{"one": 1, "many": 100} {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, testserver.HTTPConfig{})
			wakeUp := make(chan struct{})
			one, all := counted(sleepers)
			slept := launch(sleepers, func(h *Easy) error { return h.Perform(t.Context()) }, opt.URL(s.URL("/")),
				opt.WriteFunction(func([]byte) error {
					one()
					<-wakeUp
					return nil
				}))
			reach(t, t.Context(), "all sleep", all, slept)
			othersGoOn(t, s)
			close(wakeUp)
			for range sleepers {
				if err := <-slept; err != nil {
					t.Error(err)
				}
			}
		})
	}
}
