package curl

import (
	"strings"
	"sync"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Name resolvers that cannot be interrupted, and other calls of libcurl that wait for somebody else.
//
// A libcurl built with the C library's resolver calls it in the middle of a step. One before 7.87.0 that resolves in a
// thread joins that thread as soon as the transfer ends for any reason, also by a timeout of its own. Both take as
// long as the name server does. There Perform has another goroutine lead (resolver_aside.go), and when the transfer is
// stopped while the resolver is at work, goes on without waiting for it: it leaves the C handle behind, to be freed
// when the resolver has come back, and takes a twin of it for the handle's next use (resolver_twin.go). Who may touch
// the handle in between is decided by whoever has the turn (resolver_turn.go).
//
// The handshakes of FTP with TLS, on either of its connections, and all that RTMP does are such waits from the first step
// to the last (stays).
//
// libcurl tells that a resolver starts. That it is done shows when the first socket is made, or else with the
// transfer's end. libcurl's own timeouts are looked at only when the resolver is back: that is libcurl's rule on such
// builds.

// resolverBlocks says whether the libcurl in use is one of those.
var resolverBlocks = sync.OnceValue(func() bool {
	v := capi.Running()
	if !featuresOf(v.Features, v.FeatureNames).Has(FeatureAsynchDNS) {
		return true
	}
	return v.Num < quickExitEasy && v.Ares == ""
})

// staysInside says whether libcurl can wait inside any step of the handle's next transfer. The caller holds mu.
func (h *handle) staysInside() bool {
	scheme := h.proxy.schemeInUse()
	return scheme == "ftps" || scheme == "ftp" && h.cell.Secures() || strings.HasPrefix(scheme, "rtmp")
}

// lookup is what one transfer has to do with such a resolver. Its fields belong to whoever has the turn.
type lookup struct {
	h       *handle
	stays   bool    // it is not the resolver alone: any step may wait
	key     uintptr // of the C handle
	leading bool    // the leader is inside libcurl
	active  bool    // and a resolver may be what it waits for; there is a twin then
	twin    capi.Cell
	twinKey uintptr // in slots; 0: no twin
	share   *share  // of the handle, and so of both C handles

	stop    signal        // the transfer is to end
	waiting chan struct{} // one kick for the goroutine that waits for the transfer; see resolver_aside.go
	stopped time.Time     // that goroutine's: when the transfer was stopped
}

// newLookup has libcurl tell about its resolver. The caller holds mu, and the handle is at rest.
func newLookup(h *handle, stays bool) *lookup {
	if resolverBlocks() {
		h.cell.SetFunctions(true, int32(opt.IDResolverStartFunction), int32(opt.IDSockOptFunction))
	}
	return &lookup{h: h, stays: stays, key: h.key, share: h.share, stop: signal{ch: make(chan struct{})}, waiting: make(chan struct{}, 1)}
}

// start is called inside libcurl when it is about to resolve a name. It reports false when the transfer is to end
// instead.
func (l *lookup) start() bool {
	if !l.await() {
		return false
	}
	l.begin()
	l.h.offerTurn()
	return true
}

// begin gets ready for a wait: from now on the C handle can be left behind.
func (l *lookup) begin() {
	l.dropTwin()
	l.makeTwin()
	l.active = l.twinKey != 0
	l.h.led.MayBlock(true)
}

// await waits until few enough resolvers are left behind. It is a callback of ours as far as locks go.
func (l *lookup) await() bool {
	for {
		room := leftBehind.full()
		if room == nil {
			return true
		}
		in := inside{h: l.h}
		in.begin()
		select {
		case <-room:
		case <-l.stop.ch:
		}
		in.end()
		if l.stop.given() {
			return false
		}
	}
}

// resolved is called inside libcurl when it makes a socket: whatever it had to resolve for that is resolved.
func (h *handle) resolved() {
	if h.lookup != nil && !h.lookup.stays {
		h.lookup.active = false
		h.led.MayBlock(false)
	}
}

// end frees what was kept ready. The transfer is over; the caller holds the driver's lock.
func (l *lookup) end() {
	if l != nil {
		l.active = false
		l.h.led.MayBlock(false)
		l.h.led.Guard = nil // or the next transfer would have this one's twin made again
		l.dropTwin()
	}
}

// signal is given once, by one goroutine, and seen by others.
type signal struct{ ch chan struct{} }

func (s signal) given() bool {
	select {
	case <-s.ch:
		return true
	default:
		return false
	}
}

func (s signal) give() {
	if !s.given() {
		close(s.ch)
	}
}
