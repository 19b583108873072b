package curl_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// However many ask at once for a name that does not come, each Perform returns when its context ends, no handler of a
// signal is touched meanwhile, and all that waits for the resolver is gone when that has come back.
func TestManyAtOnceWhileTheResolverHangs(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		manyAtOnce(t, r.Release, opt.URL(hanging))
	})
}

// The same with c-ares, which asks the name server by itself.
func TestManyAtOnceWhileNameServersHang(t *testing.T) {
	if v, err := curl.Version(); err != nil || v.Ares.Version == "" {
		t.Skip("this libcurl does not resolve with c-ares, whose name servers can be chosen: ", err)
	}
	dns := testserver.NewSilentDNS(t)
	manyAtOnce(t, dns.Close, opt.URL(hanging), opt.DNSServers(dns.Addr()))
	await(t, "a question at the name server", dns.Asked(1))
}

func manyAtOnce(t *testing.T, release func(), options ...opt.Option) {
	const crowd = 64
	before := signalHandlers()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	handles := make([]*curl.Easy, crowd)
	for i := range handles {
		handles[i] = handleWith(t, append(options, opt.NoProxy("*"))...)
	}
	began := time.Now()
	ended := make(chan struct{})
	var wg sync.WaitGroup
	for _, h := range handles {
		wg.Go(func() {
			if err := h.Perform(ctx); !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, codes.OperationTimedOut) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	go func() { wg.Wait(); close(ended) }()
	sample := time.NewTicker(2 * time.Millisecond)
	defer sample.Stop()
	for waiting := true; waiting; {
		select {
		case <-ended:
			waiting = false
		case <-sample.C:
			if now := signalHandlers(); now != before {
				t.Fatalf("handlers of SIGALRM and SIGPIPE are %x, they were %x", now, before)
			}
		}
	}
	if took := time.Since(began); took > 300*time.Millisecond+hangGuard {
		t.Errorf("the last of them returned after %v", took)
	}
	if now := signalHandlers(); now != before {
		t.Errorf("handlers of SIGALRM and SIGPIPE are %x afterwards, they were %x", now, before)
	}
	release()
	for _, h := range handles {
		h.Close()
		await(t, "the end of the C handle", h.Done())
	}
}
