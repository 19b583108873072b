package curl

import (
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Direction is a direction of a transfer. Both can be combined with |.
type Direction uint32

// The directions; the numbers are libcurl's.
const (
	Receiving Direction = 1
	Sending   Direction = 4
)

// String names the directions, with | between them: "receiving|sending".
func (d Direction) String() string {
	switch d {
	case Receiving:
		return "receiving"
	case Sending:
		return "sending"
	case Receiving | Sending:
		return "receiving|sending"
	}
	return fmt.Sprintf("Direction(%d)", uint32(d))
}

// Pause stops the given directions of the transfer in flight until Resume. It may be called from any goroutine and
// from the handle's own callbacks, and returns at once: the driver carries it out, and after it has, no data callback
// of a paused direction is called. A callback can pause its own direction also by returning opt.ErrPause.
//
// The handle's timeouts go on; libcurl's low-speed limit does not count paused time. A TELNET transfer whose receiving is
// paused fails at the next byte: libcurl would lose it. What is no direction is codes.BadFunctionArgument.
//
// https://curl.se/libcurl/c/curl_easy_pause.html
func (e *Easy) Pause(dir Direction) error {
	return e.changePause(state.Pause, dir, func(h *handle) { h.want.Or(uint32(dir)) })
}

// Resume lets the given directions go on. Like Pause it may be called from anywhere and returns at once. A Resume that
// comes while a callback is about to return opt.ErrPause is not lost: the callback is called again.
func (e *Easy) Resume(dir Direction) error {
	return e.changePause(state.Resume, dir, func(h *handle) {
		h.resumes.Add(1)
		h.want.And(^uint32(dir))
	})
}

func (e *Easy) changePause(op state.Op, dir Direction, change func(*handle)) error {
	h := e.handle()
	h.mu.Lock()
	_, err := h.decide(op)
	if err == nil && (dir == 0 || dir&^(Receiving|Sending) != 0) {
		err = &Error{Op: opName(op), Code: codes.BadFunctionArgument, Cause: fmt.Errorf("%v is no direction to pause or resume; use curl.Receiving, curl.Sending or both", dir)}
	}
	if err == nil {
		change(h)
		h.postPause()
	}
	in := h.memberOf
	h.mu.Unlock()
	return reraise(firstPanic(err, in.carryOut()))
}

// postPause has applyPause called. The caller holds mu.
//
// Once is enough, however often somebody changes his mind before it comes: calls could be posted faster than they are
// carried out.
func (h *handle) postPause() {
	posted := h.steering.Swap(true)
	switch {
	case h.memberOf != nil:
		if !posted {
			h.memberOf.post(h, h.memberOf.pause)
		}
	case h.flies:
		if !posted {
			h.drv.Post(h.flight.steer)
		}
		h.drv.Notify(h.flight.seat, resumed)
	case !posted:
		h.drv.Post(h.applyPause)
	}
}

// applyPause tells libcurl which directions are to be paused. The leader calls it with the driver's lock; resuming
// flushes kept data into the callbacks.
func (h *handle) applyPause() {
	h.steering.Store(false)
	if h.over || h.stop.Load() != nil || !h.cell.Attached() {
		return
	}
	want := Direction(h.want.Load())
	if want&Receiving != 0 && h.unpausable() != nil {
		want &^= Receiving // the next data has the transfer fail
	}
	// 43 only says that there is no connection to pause yet: what the callbacks answer does the same then.
	h.cell.Pause(int(want))
}

// pausedByCallback notes that a callback answered with a pause. When somebody resumed since the callback began, the
// driver resumes once more: better a callback too many than a transfer that sleeps for ever.
func (h *handle) pausedByCallback(dir Direction, resumes uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.flies || h.flight.spot {
		h.cell.NotePaused()
	}
	if h.resumes.Load() != resumes {
		if !h.flies { // on a lane the goroutine that plays looks by itself
			h.postPause()
		}
		return
	}
	h.want.Or(uint32(dir))
	if h.flies && h.flight.spot {
		h.postPause() // libcurl knows; the driver has to, too: capi's left.h
	}
}
