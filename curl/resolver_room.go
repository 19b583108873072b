package curl

import (
	"errors"
	"net/netip"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// Threads that resolvers leave behind.
//
// From 7.87.0 libcurl does not wait for the thread that resolves a name when the transfer ends, so nobody waits for it
// any more, and a program that tries again and again while its name server hangs gets thread after thread. Since 8.20.0
// libcurl has a limit of its own. For the releases between, capi counts the threads (lookup.h).

// lookupsUnbounded says whether the libcurl in use is one of those.
func lookupsUnbounded() bool {
	v := capi.Running()
	return v.Num >= quickExitEasy && v.Num < poolsLookups && v.Ares == "" &&
		featuresOf(v.Features, v.FeatureNames).Has(FeatureAsynchDNS)
}

// errNoLookupRoom is why a transfer's timeout came before its name was looked up at all.
var errNoLookupRoom = errors.New("no name was looked up: 64 threads wait for the resolver already")

// awaitLookupRoom waits, inside libcurl, until there are few enough threads that resolve names. It reports false when the
// transfer is to end instead. It is a callback of ours as far as locks go. Others' transfers on the same driver are not
// held up: they are counted, and go on.
func (h *handle) awaitLookupRoom() bool {
	if !capi.CountsLookups() || h.flies || h.memberOf != nil || capi.LookupRoom() || h.needsNoLookup() {
		return true
	}
	in := inside{h: h}
	in.begin()
	room, late := h.lookForRoom()
	in.end()
	if late {
		h.fail(errNoLookupRoom)
	}
	return room
}

// lookForRoom waits for room, or the end of the transfer, or its timeout, which libcurl cannot see inside a callback.
func (h *handle) lookForRoom() (room, late bool) {
	var expired <-chan time.Time
	if ms := h.cell.Timeout(); ms > 0 {
		expired = time.After(time.Duration(ms) * time.Millisecond)
	}
	look := time.NewTicker(10 * time.Millisecond) // nothing tells when such a thread has ended
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if h.stop.Load() != nil {
				return false, false
			}
			if capi.LookupRoom() {
				return true, false
			}
		case <-expired:
			return false, true
		}
	}
}

// needsNoLookup says whether libcurl can do without the resolver: it calls its resolver-start function for addresses as
// well.
func (h *handle) needsNoLookup() bool {
	url, _ := h.cell.InfoString(int32(info.EffectiveURL.ID()))
	host := urlHost(url)
	if address, err := netip.ParseAddrPort(host); err == nil {
		return address.IsValid()
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}
