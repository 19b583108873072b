package curl_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// lookupThreads is how many threads of this process bear the name of those that resolve names.
func lookupThreads() (n int) {
	tasks, _ := filepath.Glob("/proc/self/task/*/comm")
	for _, task := range tasks {
		if name, _ := os.ReadFile(task); strings.TrimSpace(string(name)) == "libcurl lookup" {
			n++
		}
	}
	return n
}

// However often transfers are tried while the resolver hangs, it keeps so many threads and no more; those that find no
// room end in time, and who needs no name is not held up. When the resolver is back there are none.
func TestThreadsThatResolveNamesAreBounded(t *testing.T) {
	privately(t, "those on an engine do not wait for room, but count")
	const most, crowd = 64, 40
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		if v, err := curl.Version(); err != nil || !v.Features.Has(curl.FeatureAsynchDNS) || v.Num < 0x075700 || v.Num >= 0x081400 {
			return // it has no such threads, or bounds them itself
		}
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		handles := make([]*curl.Easy, crowd)
		for i := range handles {
			handles[i] = handleWith(t, opt.URL(hanging), opt.NoProxy("*"))
		}
		for round := range 4 {
			// By contexts and by timeouts of libcurl's own, which it cannot see while it waits for room.
			ctx, cancel := bounded(t), context.CancelFunc(func() {})
			want := codes.OperationTimedOut
			if round%2 == 0 {
				ctx, cancel = context.WithTimeout(ctx, 150*time.Millisecond)
			}
			began := time.Now()
			var wg sync.WaitGroup
			for _, h := range handles {
				if err := h.Set(opt.Timeout(time.Duration(round%2) * 150 * time.Millisecond)); err != nil {
					t.Fatal(err)
				}
				wg.Go(func() {
					if err := h.Perform(ctx); !errors.Is(err, want) {
						t.Errorf("round %d: %v", round, err)
					}
				})
			}
			wg.Wait()
			cancel()
			if took := time.Since(began); took > 150*time.Millisecond+hangGuard {
				t.Errorf("round %d took %v", round, took)
			}
			if n, asked := lookupThreads(), len(r.Names()); n > most || asked > most || n < min(crowd, asked) {
				t.Errorf("round %d: %d threads, %d lookups, want no more than %d", round, n, asked, most)
			}
		}
		if asked := len(r.Names()); asked != most {
			t.Errorf("%d lookups, there was room for %d", asked, most)
		}
		if err := handles[0].Set(opt.URL(good.URL("/")), opt.Timeout(0)); err != nil {
			t.Fatal(err)
		}
		arrives(t, handles[0], "hello\n") // at an address

		// One that waits for room finds it when the resolver is back.
		ended := make(chan error, 1)
		go func() { ended <- handleWith(t, opt.URL(hanging), opt.NoProxy("*")).Perform(bounded(t)) }()
		r.Release()
		if err := <-ended; !errors.Is(err, codes.CouldntResolveHost) {
			t.Error(err)
		}
		for began := time.Now(); lookupThreads() > 0; time.Sleep(time.Millisecond) { // threads end without a word
			if time.Since(began) > hangGuard {
				t.Fatalf("%d threads are left", lookupThreads())
			}
		}
	})
}
