package curl_test

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Thirty-two goroutines share names, TLS sessions and public suffixes over TLS, with a connection for each transfer, and
// run one member inside a callback of another.
func TestShareFromManyGoroutines(t *testing.T) {
	s, options := resumingServer(t)
	kinds := []curl.ConcurrentKind{curl.ShareDNS, curl.ShareTLSSessions}
	if version(t).Features.Has(curl.FeaturePSL) {
		kinds = append(kinds, curl.SharePSL)
	}
	share := newShare(t, kinds...)
	one := easy(t, options...)
	able := !resumes(t, one) && resumes(t, one)
	options = append(options, opt.CookieFile(""), opt.Verbose(true),
		opt.DebugFunction(func(opt.DebugKind, []byte) {}), opt.URL("https://many.server.test:"+strconv.Itoa(s.Port())+"/own/"),
		opt.Resolve([]string{"many.server.test:" + strconv.Itoa(s.Port()) + ":127.0.0.1"}))
	const goroutines, transfers = 32, 5
	var resumed, nested atomic.Int32
	var all sync.WaitGroup
	for range goroutines {
		inner := easy(t, options...)
		h := easy(t, append(options, opt.HeaderFunction(func(line []byte) error {
			if string(line) != "\r\n" {
				return nil
			}
			nested.Add(1)
			return inner.Perform(patient(t))
		}))...)
		attach(t, share, h, inner)
		all.Go(func() {
			for range transfers {
				body, err := h.Fetch(patient(t))
				if err != nil {
					t.Error(err)
					return
				}
				if string(body) == "true" {
					resumed.Add(1)
				}
			}
		})
	}
	all.Wait()
	if n := nested.Load(); n != goroutines*transfers {
		t.Errorf("%d transfers ran inside callbacks", n)
	}
	if n := resumed.Load(); (n > goroutines) != able {
		t.Errorf("%d of %d transfers resumed a session", n, goroutines*transfers)
	}
}

// A Perform that comes together with Close of the share either makes it refuse, or finds its handle detached.
func TestShareCloseBesidePerform(t *testing.T) {
	_, options := resumingServer(t)
	var closed, refused int
	handles := []*curl.Easy{easy(t, options...), easy(t, options...), easy(t, options...), easy(t, options...)}
	for round := range 60 {
		share := newShare(t, curl.ShareTLSSessions)
		attach(t, share, handles...)
		var transfers sync.WaitGroup
		var closeErr error
		start := make(chan struct{})
		for _, h := range handles[:1+round%4] {
			transfers.Go(func() {
				<-start
				if err := h.Perform(patient(t)); err != nil {
					t.Error(err)
				}
			})
		}
		transfers.Go(func() { <-start; closeErr = share.Close() })
		close(start)
		transfers.Wait()
		members := 0
		for _, h := range handles {
			err := share.Detach(h)
			switch {
			case err == nil:
				members++
			case !errors.Is(err, curl.ErrNotAttached):
				t.Error(err)
			}
		}
		switch {
		case closeErr == nil && members == 0:
			closed++
		case errors.Is(closeErr, curl.ErrBusy) && members == len(handles):
			refused++
		default:
			t.Errorf("Close said %v, and %d of %d handles share", closeErr, members, len(handles))
		}
	}
	t.Logf("%d closed, %d refused", closed, refused)
}

// Attach, Detach and Close of shares, Perform and Close of handles, all at once and without order.
func TestShareWithoutOrder(t *testing.T) {
	_, options := resumingServer(t)
	var mu sync.Mutex
	shares := []*curl.Share{newShare(t, curl.ShareDNS), newShare(t, curl.ShareTLSSessions), newShare(t, curl.ShareDNS, curl.ShareTLSSessions)}
	handles := make([]*curl.Easy, 6)
	for i := range handles {
		handles[i] = easy(t, options...)
	}
	pick := func(n int) (*curl.Share, *curl.Easy) {
		mu.Lock()
		defer mu.Unlock()
		return shares[n%len(shares)], handles[n/3%len(handles)]
	}
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 60 {
				n := g*7 + i*5
				s, h := pick(n)
				var err error
				switch (g + i) % 8 {
				case 0, 1, 2:
					err = s.Attach(h)
				case 3:
					err = s.Detach(h)
				case 4, 5:
					err = h.Perform(patient(t))
				case 6:
					if err = s.Close(); err != nil {
						break
					}
					fresh := newShare(t, curl.ShareDNS, curl.ShareTLSSessions)
					mu.Lock()
					shares[n%len(shares)] = fresh
					mu.Unlock()
				case 7:
					h.Close()
					fresh := easy(t, options...)
					mu.Lock()
					handles[n/3%len(handles)] = fresh
					mu.Unlock()
				}
				if err != nil && !isOneOf(err, curl.ErrBusy, curl.ErrClosed, curl.ErrAttached, curl.ErrNotAttached, curl.ErrShareClosed) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	closeEach(handles) // the shares are closed by newShare's clean-up, before other handles that are closed meanwhile
}
