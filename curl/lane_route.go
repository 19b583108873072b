package curl

import (
	"errors"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// group is what gives the transfers of its handles a lane.
type group interface {
	// lane is the one for the handle's next transfer, nil when it is to run on the handle's own driver. The caller
	// holds the handle's mu, and calls over after the transfer on a lane, or when there is none.
	lane(h *handle) (*lane, error)
	over()
	// forget comes when a member is closed. The caller holds its mu.
	forget(h *handle)
}

// route decides what the next transfer runs on. That of a stream whose handle has callbacks that must answer on the spot
// never shares: they would have to run also while nobody reads. The caller holds mu.
func (h *handle) route(stream bool) (*lane, error) {
	if h.group == nil || h.st != state.Idle && h.st != state.Connected {
		return nil, nil
	}
	var l *lane
	var err error
	if !stream || !h.onTheSpot() {
		l, err = h.group.lane(h)
	} else if _, confined := h.group.(*share); confined {
		err = ErrConfined
	}
	if l == nil {
		h.drv = h.own
	} else {
		h.drv = l.drv
	}
	return l, err
}

// onTheSpot says that callbacks of the handle have to run inside libcurl: some can do nothing else, and a TELNET session
// does not come out of libcurl before its end. The caller holds mu.
func (h *handle) onTheSpot() bool { return h.cell.OnSpot() || h.telnet() }

func (h *handle) telnet() bool { return h.proxy.schemeInUse() == "telnet" }

// unused gives back what route has returned, when no transfer comes of it.
func (l *lane) unused(g group) {
	if l != nil {
		g.over()
	}
}

// shareable says whether a transfer of the handle may use a driver that others use as well. The caller holds mu.
//
// Not a connect-only one: its connection stays with the handle. Not with a close-socket function: connections would go on
// calling it when the handle is gone, and while others run. Not with schemes other than HTTP: libcurl blocks in
// files, in TELNET and LDAP, and in what FTP, SSH and mail servers are told at the end of a transfer. Not with a login for
// the proxy, where libcurl lets others through the tunnel that the proxy has granted. And not with a
// libcurl whose name resolver cannot be interrupted: it would hold up everybody.
func (h *handle) shareable() bool {
	if h.cell.Keeps() || h.cell.ClosesSockets() || h.proxy.logins != 0 && quirkTunnels.here() || resolverBlocks() {
		return false
	}
	switch h.proxy.schemeInUse() {
	case "http", "https":
		return true
	}
	return false
}

// guardSockets gets the C handle ready for what servers of other protocols than HTTP do. The caller holds mu.
func (h *handle) guardSockets() {
	h.cell.GuardSockets()
	switch h.proxy.schemeInUse() {
	case "http", "https", "ws", "wss":
	default:
		h.cell.Talk()
	}
}

// takeOff gets the handle ready for a transfer on a lane. The caller holds mu.
func (h *handle) takeOff(e *Easy, l *lane) error {
	if h.flight == nil || h.flight.l != l {
		h.flight = newFlight(h, l)
	}
	h.flight.spot = h.onTheSpot()
	if s := h.share; s != nil && s.confined && h.cell.ClosesSockets() {
		s.hold(h.cell) // which is not the one that route has seen, if leaveKin has replaced that
	}
	if !h.cell.Attached() {
		return nil
	}
	return h.calls(e, func() { h.own.C().Remove(h.cell) }) // connect-only before: that connection ends here
}

// driverConfig is what a driver has to know about the running libcurl.
func driverConfig() driver.Config {
	v := capi.VersionNum()
	return driver.Config{Polling: brokenEvents(v) || !driver.Events, QuickExit: v >= quickExitMulti}
}

// ErrOtherProtocol is the cause of the error of a transfer on an Engine that a server has redirected to another protocol than
// HTTP, FTP for example: one that says nothing any more would hold up all other transfers of the shard for minutes. Nothing
// was asked of that server. The code is codes.UnsupportedProtocol. Detach the handle to follow such redirects.
var ErrOtherProtocol = errors.New("the server redirects to another protocol than HTTP, by which it could hold up the other " +
	"transfers of the engine; detach the handle to follow it")

// ErrHoldsUp is the cause of the error of a transfer on an Engine whose peer has sent for a second, without a pause, what libcurl
// reads in one go: the refusal of a proxy, or frames of HTTP/2 that mean nothing. Meanwhile no other transfer of the shard had a turn. Detach the handle
// to go on with such a peer.
var ErrHoldsUp = errors.New("the peer sends on and on what libcurl reads in one go, and holds up the other transfers of the engine; " +
	"detach the handle to go on with it")

var errNoMemory = errors.New("out of memory")
