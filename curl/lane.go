package curl

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// lane is a driver for the transfers of many handles, which so use the same connections: an Engine has one or more of
// them. The goroutines that wait for their transfers lead the driver in turn (package driver, Seat).
//
// Data, header, progress and debug callbacks of a handle on a lane are recorded in C and played on the goroutine that
// waits for its transfer, with no libcurl frame on any stack: what they do holds up nobody else. The goroutine that
// leads talks to the others through the events of their seats, they to it through posted functions; the goroutine of a
// transfer takes the driver's lock only when something has gone wrong.
//
// Lock order: the driver's Mu, a handle's mu, the lane's mu, the driver's mail.
type lane struct {
	drv *driver.Driver

	mu     sync.Mutex
	flying []*flight             // transfers that were begun and are not over
	lost   atomic.Pointer[error] // why the driver is of no use any more; set with mu, nil: it is

	// the leader's
	spots         []*flight // aloft, with callbacks inside libcurl
	maxConnecting int       // how many may be in connecting, 0: any number
	connecting    []*flight // have been started, and are not known to have sent anything
	queue         []*flight // wait for those
	fits          bool      // it says how many connections are kept open: lane_limit.go
	kept          int       // how many it has said
}

// broken says that no transfer can begin any more.
func (l *lane) broken() bool { return l.lost.Load() != nil }

// The events of a seat.
const (
	landed   = 1 << iota // the transfer is over: its C handle is out of the driver
	played               // there is something to play
	starved              // libcurl wants data to send
	resumed              // what was held back by a pause can go on
	lost                 // the driver is lost
	struck               // the clock of a transfer that a callback holds back
	measured             // the leader has read how far it is
)

// flight is the part of a handle that is about its transfers on one lane. It is made when the handle's first transfer on
// that lane begins; what is posted may be carried out when the transfer is over, or the next one runs.
//
// Fields belong to the goroutine that waits for the transfer, or to the leader of the lane where it says so; what the
// leader has written is read after an event, what the goroutine has written after a post.
type flight struct {
	h    *handle
	l    *lane
	seat *driver.Seat
	at   int  // index in l.flying; guarded by l.mu
	spot bool // callbacks run inside libcurl, where the leader is the driver's own goroutine

	playing sync.Mutex // in h.held while callbacks are played

	// the leader's
	aloft  bool // the C handle is the leader's: it is in the driver, or queues for that
	handed bool // what is on the taken tape is the goroutine's to play
	asked  bool // it has been asked for data to send

	// what events have told the goroutine
	mine            bool // there is something on the taken tape, and it is the goroutine's to play
	hungry          bool // libcurl wants data to send
	heldIn, heldOut bool // a callback has asked for a pause
	over            bool // the transfer has landed, or is lost
	gone            bool // it is lost
	late            bool // its timeout has come while a callback held back its last data
	began           time.Time
	clock           *time.Timer // for that timeout, and for progress while data is held back
	tick            bool        // it has struck
	asking          bool        // the leader has been asked how far the transfer is, and
	told            bool        // has answered
	counts          [4]int64    // with this, which is the leader's while asking and not told; the first is -1: not any more
	code            codes.Easy  // what a failed callback means for the transfer

	enter, leave, more, give, steer, count, loosen func() // posted; made once
}

func newFlight(h *handle, l *lane) *flight {
	f := &flight{h: h, l: l, seat: l.drv.NewSeat()}
	f.enter, f.leave, f.more, f.give, f.steer, f.count, f.loosen = f.doEnter, f.doLeave, f.doMore, f.doGive, f.doSteer, f.doCount, f.doLoosen
	return f
}

// newLane makes a lane, for the members of a confined share unless that is none.
func newLane(cfg driver.Config, confined capi.Share) (*lane, error) {
	d, err := driver.New(cfg)
	if err != nil {
		return nil, err
	}
	l := &lane{drv: d, fits: quirkIdle.here()}
	d.Share(l.dispatch, l.lose, confined)
	return l, nil
}

// begin puts the transfer among those in flight.
func (l *lane) begin(f *flight) error {
	l.mu.Lock()
	if err := l.lost.Load(); err != nil {
		l.mu.Unlock()
		return *err
	}
	f.at = len(l.flying)
	l.flying = append(l.flying, f)
	l.mu.Unlock()
	if f.spot {
		l.drv.LeadAlone(1)
	}
	l.drv.Post(f.enter)
	return nil
}

// end takes it out again.
func (l *lane) end(f *flight) {
	if f.spot {
		l.drv.LeadAlone(-1)
		l.drv.Wake()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	last := len(l.flying) - 1
	l.flying[f.at] = l.flying[last]
	l.flying[f.at].at = f.at
	l.flying[last] = nil
	l.flying = l.flying[:last]
}

// dispatch tells the goroutines what a step has brought. The leader calls it with Mu.
func (l *lane) dispatch() {
	c := l.drv.C()
	l.finished()
	for cell := c.NextNews(); cell.Valid(); cell = c.NextNews() {
		if h := slots.get(cell.Key()); h != nil && h.flight.aloft {
			h.flight.news(cell)
		}
	}
	for _, f := range slices.Clone(l.spots) {
		// A callback has failed where libcurl does not listen to it, or not at once.
		if f.h.failure != nil {
			f.doLeave()
		}
	}
	if l.maxConnecting > 0 && len(l.connecting)+len(l.queue) > 0 {
		l.connected()
	}
}

// finished brings down the transfers that libcurl has finished.
func (l *lane) finished() {
	c := l.drv.C()
	for done := c.NextDone(); done.Valid(); done = c.NextDone() {
		if h := slots.get(done.Key()); h != nil {
			h.over, h.result = true, done.Result()
			h.flight.down()
		}
	}
}

// news tells the goroutine of what has been recorded, unless it is playing: then it asks for more by itself. The leader
// calls it with Mu.
func (f *flight) news(c capi.Cell) {
	if !f.handed && c.Take() {
		f.handed = true
		f.l.drv.Notify(f.seat, played)
	}
	if c.Wants() && !f.asked {
		f.asked = true
		c.Ask()
		f.l.drv.Notify(f.seat, starved)
	}
	f.jam(c)
}

// jam pauses a transfer whose log lines come faster than they are played. What a callback holds back by a pause stays there until
// Resume, which may depend on what is sent meanwhile.
func (f *flight) jam(c capi.Cell) {
	want, before := f.h.want.Load(), c.Jammed()
	if c.Jam(f.jams(want)) && c.Pause(int(want)) != 0 { // before there is a connection: next time, then
		c.Loosen(before)
	}
}

// jams is what log lines may have paused.
func (f *flight) jams(want uint32) uint32 {
	if want&uint32(Receiving) != 0 {
		return uint32(Receiving)
	}
	return uint32(Receiving | Sending)
}

// doLoosen comes when a callback holds back what was recorded.
func (f *flight) doLoosen() {
	want := f.h.want.Load()
	if f.aloft && f.h.cell.Loosen(f.jams(want)) {
		f.h.cell.Pause(int(want))
	}
}

// down tells the goroutine that the transfer is over. The leader calls it with Mu.
func (f *flight) down() {
	f.aloft = false
	if l := f.l; f.spot {
		l.spots = slices.DeleteFunc(l.spots, func(other *flight) bool { return other == f })
	}
	f.l.forget(f)
	f.l.drv.Notify(f.seat, landed)
}

// doEnter starts the transfer. The leader calls it, like the following, with Mu and none of its frames on the stack.
func (f *flight) doEnter() {
	f.aloft = true
	if f.spot {
		f.l.spots = append(f.l.spots, f)
	}
	if l := f.l; l.maxConnecting > 0 && f.h.stop.Load() == nil {
		if len(l.connecting) >= l.maxConnecting {
			l.queue = append(l.queue, f)
			return
		}
		l.connecting = append(l.connecting, f)
	}
	f.start()
}

func (f *flight) start() {
	h := f.h
	f.l.fit()
	if h.stop.Load() == nil {
		if h.multi = f.l.drv.C().Add(h.cell); h.multi == 0 {
			return
		}
	}
	f.down()
}

// doLeave ends the transfer early.
func (f *flight) doLeave() {
	f.l.finished() // or it would come down twice, the second time in the middle of the next transfer
	if !f.aloft {
		return
	}
	f.l.drv.C().Remove(f.h.cell)
	f.down()
}

// doSteer tells libcurl which directions are to be paused.
func (f *flight) doSteer() {
	f.h.steering.Store(false)
	if f.aloft {
		f.h.cell.Loosen(f.jams(f.h.want.Load()))
		f.h.applyPause()
	}
}

// doMore comes when the goroutine has played all it was handed.
func (f *flight) doMore() {
	if !f.aloft {
		return
	}
	f.handed = false
	c := f.h.cell
	if c.Full() {
		c.Emptied()
		c.Pause(int(f.h.want.Load())) // flushes what libcurl has kept into the tape
	}
	f.news(c)
}

// doGive comes when the goroutine has got data to send.
func (f *flight) doGive() {
	if !f.aloft {
		return
	}
	f.asked = false
	c := f.h.cell
	if c.Give() {
		c.Pause(int(f.h.want.Load()))
	}
	f.news(c) // it may be for another source by now
}

// doCount comes when the goroutine wants to know how far the transfer is.
func (f *flight) doCount() {
	f.counts = [4]int64{-1}
	if f.aloft {
		f.counts = f.h.cell.Progress()
	}
	f.l.drv.Notify(f.seat, measured)
}

// lose ends all transfers of a driver that cannot be used any more. The driver calls it once, without locks.
func (l *lane) lose(code int) {
	err := error(ErrAbandoned)
	if code != driver.LostByGoexit {
		err = &Error{Op: "perform", Code: codes.FailedInit, Cause: codes.Multi(code)}
	}
	l.mu.Lock()
	l.lost.Store(&err)
	flying := slices.Clone(l.flying)
	l.mu.Unlock()
	for _, f := range flying {
		l.drv.Notify(f.seat, lost)
	}
}

// close frees the driver. No transfer is in flight and none begins any more.
func (l *lane) close() { l.closeThen(nil) }

// closeThen is close, and calls then while no handle that has been here can be ended.
func (l *lane) closeThen(then func()) {
	if !l.broken() {
		l.drv.CloseThen(then)
		return
	}
	keepLeaked(capi.Cell{}, l.drv)
	if then != nil {
		l.drv.Lock()
		defer l.drv.Mu.Unlock()
		then()
	}
}
