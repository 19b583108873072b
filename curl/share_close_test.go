package curl_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// One busy and five idle members: Close is refused, and all six still share. PycURL detaches the five.
func TestShareCloseIsAllOrNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "all-or-nothing")
	for _, from := range []string{"outside", "the busy member's callback"} {
		t.Run(from, func(t *testing.T) {
			share := newShare(t, curl.ShareDNS)
			source := easy(t, known)
			idle := []*curl.Easy{easy(t), easy(t), easy(t), easy(t), easy(t)}
			attach(t, share, append(idle, source)...)
			if !knows(t, source, url) {
				t.Fatal("the name is not known")
			}
			if err := share.Detach(source); err != nil { // it knows by itself
				t.Fatal(err)
			}
			refused := func() {
				var inUse *curl.InUseError
				err := share.Close()
				if !errors.As(err, &inUse) || !errors.Is(err, curl.ErrBusy) || inUse.InUse != 1 || inUse.Members != 6 {
					t.Errorf("Close with one of six members in use: %v", err)
				}
			}
			var busy *curl.Easy
			inside := func(h *curl.Easy) {
				busy = h
				setAll(t, h, opt.LowSpeedLimit(0)) // it is in flight
				if from != "outside" {
					refused()
				}
			}
			h, err := halfwayAs(t, s, func(h *curl.Easy) { attach(t, share, h) }, inside, func(*curl.Easy) {
				if from == "outside" {
					refused()
				}
				for i, h := range idle {
					if !knows(t, h, url) {
						t.Errorf("idle member %d lost the share", i)
					}
				}
			})
			if err != nil || h != busy {
				t.Errorf("the transfer of the busy member: %v", err)
			}
			if !knows(t, busy, url) {
				t.Error("the busy member lost the share")
			}
			if err := share.Close(); err != nil {
				t.Errorf("Close with all members idle: %v", err)
			}
			for i, h := range append(idle, busy) {
				if knows(t, h, url) {
					t.Errorf("member %d still shares", i)
				}
			}
		})
	}
}

// shareCloseOrders are the orders in which PycURL's tests release a share and its handles. Each gets the handles and the
// share, which refuses while a member is in use, and else takes its members' membership.
var shareCloseOrders = map[string]func(t *testing.T, handles []*curl.Easy, s attachable){
	"the share last": func(t *testing.T, handles []*curl.Easy, s attachable) {
		closeEach(handles)
		closeShare(t, s)
	},
	"the share last, handles backwards": func(t *testing.T, handles []*curl.Easy, s attachable) {
		for i := len(handles) - 1; i >= 0; i-- {
			handles[i].Close()
		}
		closeShare(t, s)
	},
	"the share first": func(t *testing.T, handles []*curl.Easy, s attachable) {
		closeShare(t, s)
		closeEach(handles)
	},
	"the share between": func(t *testing.T, handles []*curl.Easy, s attachable) {
		closeEach(handles[:len(handles)/2])
		closeShare(t, s)
		closeEach(handles[len(handles)/2:])
	},
	"detached, then the share": func(t *testing.T, handles []*curl.Easy, s attachable) {
		for _, h := range handles {
			if err := s.Detach(h); err != nil {
				t.Error(err)
			}
		}
		closeShare(t, s)
		closeEach(handles)
	},
	"at random, the share in it": func(t *testing.T, handles []*curl.Easy, s attachable) {
		at := rand.IntN(len(handles))
		for i, n := range rand.Perm(len(handles)) {
			if i == at {
				closeShare(t, s)
			}
			handles[n].Close()
		}
	},
	"from as many goroutines": func(t *testing.T, handles []*curl.Easy, s attachable) {
		start, done := make(chan struct{}), make(chan struct{})
		for _, h := range handles {
			go func() { <-start; h.Close(); done <- struct{}{} }()
		}
		go func() { <-start; closeShare(t, s); done <- struct{}{} }()
		close(start)
		for range len(handles) + 1 {
			within(t, "Close", done)
		}
	},
}

func closeEach(handles []*curl.Easy) {
	for _, h := range handles {
		h.Close()
	}
}

func closeShare(t *testing.T, s attachable) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Each order, with handles that have and have not run a transfer, from outside and inside a callback of a stranger, and
// inside the callbacks that closing the first handle fires.
func TestShareCloseOrders(t *testing.T) {
	peer := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	url, ca, noPath := opt.URL(peer.URL("/")), opt.CAInfo(peer.CAFile(t)), opt.CAPath(t.TempDir())
	stage := map[string]func(t *testing.T, do func()){
		"outside": func(t *testing.T, do func()) { do() },
		"elsewhere": func(t *testing.T, do func()) {
			elsewhere(t, do)
		},
		"in a callback": func(t *testing.T, do func()) {
			perform(t, easy(t, url, ca, noPath, opt.WriteFunction(func([]byte) error { do(); return nil })))
		},
		"in a callback of Close": func(t *testing.T, do func()) {
			ran := 0
			h := easy(t, url, ca, noPath, opt.CloseSocketFunction(func(fd uintptr) error {
				ran++
				do()
				return closeFD(fd)
			}))
			perform(t, h)
			h.Close()
			if ran != 1 {
				t.Errorf("Close has called the close-socket function %d times", ran)
			}
		},
	}
	for order, play := range shareCloseOrders {
		for place, on := range stage {
			for _, used := range []int{0, 40, 20} {
				t.Run(fmt.Sprintf("%s/%s/%d of 40 used", order, place, used), func(t *testing.T) {
					t.Parallel()
					share := newShare(t, curl.ShareDNS, curl.ShareTLSSessions)
					var handles []*curl.Easy
					var closes atomic.Int32
					for i := range 40 {
						h := easy(t, url, ca, noPath)
						attach(t, share, h)
						if i < used && i%10 == 0 { // each is a connection
							setAll(t, h, opt.CloseSocketFunction(func(fd uintptr) error { closes.Add(1); return closeFD(fd) }))
							perform(t, h)
						}
						handles = append(handles, h)
					}
					on(t, func() { play(t, handles, share) })
					within(t, "Done", share.Done())
					for _, h := range handles {
						within(t, "Done of a handle", h.Done())
					}
					if got := int(closes.Load()); got != used/10 {
						t.Errorf("closing has called %d close-socket functions, want %d", got, used/10)
					}
				})
			}
		}
	}
}

// A share is closed in a callback that closing its own member fires: that member has left already.
func TestShareCloseWhileAMemberCloses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newShare(t, curl.ShareDNS)
	var err error
	duringCloseOf(t, s, func(h *curl.Easy) { attach(t, share, h) }, func(*curl.Easy) { err = share.Close() })
	if err != nil {
		t.Error(err)
	}
	within(t, "Done", share.Done())
}
