package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// resolving runs body in a process whose resolver hangs, and checks that nothing is left when the resolver has come back.
func resolving(t *testing.T, body func(t *testing.T, r *testserver.Resolver)) {
	testserver.HangingResolver(t, func(r *testserver.Resolver) {
		v, err := curl.Version()
		if errors.Is(err, curl.ErrNoCgo) {
			t.Skip("this build has no libcurl at all")
		} else if err != nil {
			t.Fatal(err)
		}
		if v.Ares.Version != "" {
			t.Skip("c-ares does not call getaddrinfo, and does not block")
		}
		testserver.CheckGoroutines(t)
		t.Cleanup(r.Release) // before that check
		body(t, r)
	})
}

// blockingResolver says that the running libcurl waits for its resolver before it lets go of a transfer.
func blockingResolver(t testing.TB) (blocks, inStep bool) {
	v, err := curl.Version()
	if err != nil {
		t.Fatal(err)
	}
	inStep = !v.Features.Has(curl.FeatureAsynchDNS)
	return inStep || !v.AtLeast(7, 87, 0), inStep
}

const hanging = "http://a.hang.test/"

func phaseResolving(r *testserver.Resolver) phase {
	return phase{[]opt.Option{opt.URL(hanging)}, r.Asked(len(r.Names()) + 1), nothing}
}

func TestStoppedWhileResolving(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		before := testserver.OpenFiles()
		var closed []*curl.Easy
		for _, s := range stops {
			p := phaseResolving(r)
			h := handleWith(t, append(p.options, opt.UserAgent("still here"))...)
			stopPerform(t, h, p, s)
			if !s.closes {
				// Twice: the second one is stopped with the C handle that took over from the first.
				p = phaseResolving(r)
				stopPerform(t, h, p, s)
				served := good.Served()
				if err := h.Set(opt.URL(good.URL("/"))); err != nil {
					t.Fatal(err)
				}
				arrives(t, h, "hello\n")
				if got := good.Requests()[served].Header.Get("User-Agent"); got != "still here" {
					t.Errorf("the options after %s: user agent %q", s.name, got)
				}
				h.Close()
			}
			closed = append(closed, h)
		}
		r.Release()
		for _, h := range closed {
			await(t, "the end of the C handle", h.Done())
		}
		wantFiles(t, before)
	})
}

func TestOptionTimeoutWhileResolving(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		h := handleWith(t, opt.URL(hanging), opt.Timeout(50*time.Millisecond))
		err := timesOut(t, h, 300*time.Millisecond)
		// libcurl reports its own timeout when it has its resolver back, which is too late on such builds.
		blocks, _ := blockingResolver(t)
		if errors.Is(err, context.DeadlineExceeded) != blocks || !errors.Is(err, codes.OperationTimedOut) {
			t.Errorf("the error is %v; the resolver blocks: %v", err, blocks)
		}
	})
}

func TestStoppedWhileResolvingForARedirect(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		h := handleWith(t, opt.CookieFile(""), opt.FollowLocation(true),
			opt.URL(good.URL("/reply?status=302&header=Location:+"+hanging+"&header=Set-Cookie:+late=1")))
		if err := h.Set(opt.CookieList("Set-Cookie: early=1; domain=127.0.0.1")); err != nil {
			t.Fatal(err)
		}
		stopPerform(t, h, phase{reached: r.Asked(1)}, stops[0])
		if err := h.Set(opt.URL(good.URL("/cookies"))); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Fetch(bounded(t)); err != nil {
			t.Fatal(err)
		}
		requests := good.Requests()
		if got := requests[len(requests)-1].Header.Get("Cookie"); got != "early=1; late=1" && got != "late=1; early=1" {
			t.Errorf("the cookies after the stop: %q", got)
		}
	})
}

func TestResolverThatFailsLeavesTheHandleAlone(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		r.Release()
		h := handleWith(t, opt.URL(hanging))
		for range 3 {
			if err := h.Perform(bounded(t)); !errors.Is(err, codes.CouldntResolveHost) {
				t.Errorf("the error is %v, want %v", err, codes.CouldntResolveHost)
			}
		}
	})
}

func TestCallsDoNotWaitForTheResolver(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		h := handleWith(t, opt.URL(hanging))
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(bounded(t)) }()
		await(t, "the resolver's start", r.Asked(1))
		began := time.Now()
		for _, err := range []error{h.Pause(curl.Receiving), h.Resume(curl.Receiving)} {
			if err != nil {
				t.Error(err)
			}
		}
		if err := h.Set(opt.URL(hanging)); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("Set: %v", err)
		}
		if _, inStep := blockingResolver(t); !inStep { // there Info waits for the step
			if _, err := curl.Info(h, info.TotalTime); err != nil {
				t.Errorf("Info: %v", err)
			}
		}
		if err := h.Cancel(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, curl.ErrCancelled) {
			t.Errorf("the error is %v", err)
		}
		if took := time.Since(began); took > hangGuard {
			t.Errorf("it took %v", took)
		}
	})
}
