package curl_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// BenchmarkCancel measures how long Perform takes to return once its context has ended, in each phase. The 99th
// percentile is to stay below 50 ms. The time per round includes the making of peers and handles.
func BenchmarkCancel(b *testing.B) {
	for _, p := range phases {
		b.Run(p.name, func(b *testing.B) { benchmarkCancel(b, p.start) })
	}
	b.Run("resolving", benchmarkCancelResolving)
}

func benchmarkCancel(b *testing.B, start func(testing.TB) phase) {
	var took []time.Duration
	for b.Loop() {
		p := start(b)
		h, err := curl.New(p.options...)
		if errors.Is(err, curl.ErrNoCgo) {
			b.Skip("this build has no libcurl at all")
		}
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, cancelled(b, h, p))
		h.Close()
		p.end()
	}
	report(b, took)
}

// cancelled runs a transfer up to its phase, ends its context, and returns how long Perform went on.
func cancelled(t testing.TB, h *curl.Easy, p phase) time.Duration {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan time.Time, 1)
	go func() {
		if h.Perform(ctx) == nil {
			t.Error("the transfer was not stopped")
		}
		ended <- time.Now()
	}()
	await(t, "the phase", p.reached)
	began := time.Now()
	cancel()
	return (<-ended).Sub(began)
}

// report adds the percentiles, in milliseconds.
func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for _, p := range []int{50, 99} {
		at := took[(len(took)-1)*p/100]
		b.ReportMetric(float64(at)/float64(time.Millisecond), fmt.Sprintf("p%d-ms", p))
	}
}

// A process whose resolver hangs is made for a test, so the benchmark runs this one and reads its log.
func TestCancelIsPromptWhileResolving(t *testing.T) {
	privately(t, "libcurl 8.20.0 and later look up all names of an engine on 20 threads, which resolvers that hang keep, TestStoppedWhileResolving")
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		for range 15 { // with one more, a libcurl that waits for its resolver would have too many at work
			p := phaseResolving(r)
			took := cancelled(t, handleWith(t, p.options...), p)
			if t.Log("took", took); took > hangGuard {
				t.Errorf("Perform went on for %v", took)
			}
		}
	})
}

func benchmarkCancelResolving(b *testing.B) {
	var took []time.Duration
	for b.Loop() {
		child := &testOf{TB: b, name: "TestCancelIsPromptWhileResolving"}
		testserver.HangingResolver(child, nil)
		for _, m := range regexp.MustCompile(`took (\S+)`).FindAllStringSubmatch(child.log.String(), -1) {
			d, err := time.ParseDuration(m[1])
			if err != nil {
				b.Fatal(err)
			}
			took = append(took, d)
		}
	}
	report(b, took)
}

// testOf speaks for a test inside a benchmark.
type testOf struct {
	testing.TB
	name string
	log  strings.Builder
}

func (t *testOf) Name() string { return t.name }

func (t *testOf) Logf(format string, args ...any) { fmt.Fprintf(&t.log, format, args...) }
