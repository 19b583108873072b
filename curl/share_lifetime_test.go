package curl_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func isDone(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// A share that is dropped without Close lasts until its last member is gone.
func TestShareDropped(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "dropped")
	a, b := easy(t, known), easy(t)
	share, err := curl.NewShare(curl.ShareDNS)
	if err != nil {
		t.Fatal(err)
	}
	attach(t, share, a, b)
	done := share.Done()
	collected := make(chan struct{})
	runtime.AddCleanup(share, func(c chan struct{}) { close(c) }, collected)
	share = nil
	reached(t, "the end of the share's outer side", func() bool { return isDone(collected) })
	if !knows(t, a, url) || !knows(t, b, url) {
		t.Error("the members no longer share")
	}
	a.Close()
	if isDone(done) {
		t.Error("libcurl's share is gone with a member left")
	}
	b.Close()
	within(t, "the end of libcurl's share", done)

	unused, err := curl.NewShare(curl.ShareDNS)
	if err != nil {
		t.Fatal(err)
	}
	done = unused.Done()
	unused = nil
	reached(t, "the end of a share without members", func() bool { return isDone(done) })
}

// A member that is dropped without Close is no member any more once it is reaped, and Done waits for that.
func TestShareWithDroppedMembers(t *testing.T) {
	drops := countDrops(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newShare(t, curl.ShareDNS)
	func() {
		for range 3 {
			h, err := curl.New(opt.URL(s.URL("/")))
			if err != nil {
				t.Fatal(err)
			}
			attach(t, share, h)
			perform(t, h)
		}
	}()
	reached(t, "three drops", func() bool { return drops.n.Load() == 3 })
	closeShare(t, share)
	within(t, "Done", share.Done())
}

// A handle that Goexit has taken leaves the share to the others; libcurl's object stays behind with it.
func TestShareAndGoexit(t *testing.T) {
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "goexit")
	share := newShare(t, curl.ShareDNS)
	other := easy(t, known)
	lost := easy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { return goexit() }))
	attach(t, share, lost, other)
	exits(t, func() { lost.Perform(patient(t)) })
	wantAbandoned(t, lost)
	if !knows(t, other, url) {
		t.Error("the other member is lost, too")
	}
	third := easy(t)
	attach(t, share, third)
	if !knows(t, third, url) {
		t.Error("a new member does not share")
	}
}

// Goexit in a debug function that has a line from under a lock.
func TestShareAndGoexitInALateLine(t *testing.T) {
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "late")
	share := newShare(t, curl.ShareDNS)
	a := easy(t, known, opt.URL(url))
	attach(t, share, a)
	perform(t, a)
	setAll(t, a, known, opt.Verbose(true), opt.DebugFunction(func(_ opt.DebugKind, line []byte) {
		if discarded(line) {
			goexit()
		}
	}))
	exits(t, func() { a.Perform(patient(t)) })
	wantAbandoned(t, a)
	b := easy(t)
	attach(t, share, b)
	if !knows(t, b, url) {
		t.Error("the lock of the names is lost, or the name")
	}
}

// Attaching after a transfer, again and again, leaks nothing, and keeps options, cookies and the callbacks.
func TestShareAttachAfterTransfers(t *testing.T) {
	_, options := resumingServer(t)
	share := newShare(t, curl.ShareTLSSessions)
	headers := 0
	h := easy(t, append(options, opt.CookieList("Set-Cookie: kept=1; domain=example.com; path=/"),
		opt.HeaderFunction(func([]byte) error { headers++; return nil }))...)
	for range 20 { // the address sanitizer looks for the leak
		headers = 0
		perform(t, h) // with a cache of its own
		attach(t, share, h)
		if err := share.Detach(h); err != nil {
			t.Fatal(err)
		}
		if headers == 0 || len(infoOf(t, h, info.CookieList)) != 1 {
			t.Fatalf("%d header lines, cookies %v", headers, infoOf(t, h, info.CookieList))
		}
	}
	attach(t, share, h)
	perform(t, h)
	h.Close()
	within(t, "Done", h.Done())
}

func TestShareAttachIsFlat(t *testing.T) {
	share := newShare(t, curl.ShareDNS, curl.ShareTLSSessions)
	h := easy(t)
	flat(t, 100_000, func(int) {
		attach(t, share, h)
		if err := share.Detach(h); err != nil {
			t.Fatal(err)
		}
	})
	flat(t, 2000, func(int) {
		s, err := curl.NewShare(curl.ShareDNS, curl.ShareTLSSessions)
		if err != nil {
			t.Fatal(err)
		}
		h, err := curl.New()
		if err != nil {
			t.Fatal(err)
		}
		attach(t, s, h)
		closeShare(t, s)
		h.Close()
	})
}

// Where a transfer is given up while the resolver blocks, the handle goes on sharing with another C handle, and libcurl's
// share outlives the one that was left.
func TestShareAndResolverLeftBehind(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		url, known := secretName(s, "left")
		share, err := curl.NewShare(curl.ShareDNS, curl.ShareTLSSessions)
		if err != nil {
			t.Fatal(err)
		}
		h, source := handleWith(t, opt.URL(hanging)), handleWith(t, known)
		attach(t, share, h, source)
		asked := r.Asked(len(r.Names()) + 1)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(ctx) }()
		await(t, "the resolver's start", asked)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if !knows(t, source, url) || !knows(t, h, url) {
			t.Error("the handle no longer shares")
		}
		closeShare(t, share)
		if blocks, _ := blockingResolver(t); blocks && isDone(share.Done()) {
			t.Error("libcurl's share is gone before the C handle that was left behind")
		}
		r.Release()
		within(t, "Done", share.Done())
	})
}
