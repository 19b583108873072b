package curl

import (
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// This file is the side of the goroutine that waits for a transfer on a lane.

// driveOn runs the transfer on a lane: it waits, leads when nobody else does, and plays what was recorded to the
// handle's callbacks.
func (e *Easy) driveOn(l *lane, collect *[]byte) error {
	h, f := e.h, e.h.flight
	f.ready(e)
	h.collect = collect
	if f.spot {
		h.held, h.led = &l.drv.Mu, l.drv
	} else {
		h.held = &f.playing
		f.playing.Lock()
	}
	h.cell.Tape(!f.spot)
	if err := l.begin(f); err != nil {
		return e.land(l, err)
	}
	returned := false
	defer func() {
		if !returned { // Goexit in a callback that was played: libcurl had no frames on this stack
			f.crash()
			l.end(f)
			e.land(l, nil)
		}
	}()
	for !f.step(l.drv.Await(f.seat)) {
	}
	returned = true
	l.end(f)
	return e.land(l, nil)
}

// ready clears what the transfer before has left.
func (f *flight) ready(e *Easy) {
	h := f.h
	h.easy, h.collect, h.failure = e, nil, nil
	h.over, h.result, h.multi, f.code = false, 0, 0, codes.OK
	f.mine, f.hungry, f.heldIn, f.heldOut = false, false, false, false
	f.over, f.gone, f.late, f.tick, f.handed, f.asked = false, false, false, false, false, false
	f.began = time.Now()
}

// crash ends the transfer after Goexit in a callback that was played.
func (f *flight) crash() {
	f.playing.Lock()
	f.h.escaped = false
	f.abort()
	for !f.over {
		f.look(f.l.drv.Await(f.seat))
	}
}

// look takes notice of events.
func (f *flight) look(events uint32) {
	f.gone = f.gone || events&lost != 0
	f.over = f.over || events&(landed|lost) != 0
	f.mine = f.mine || events&played != 0
	f.hungry = f.hungry || events&starved != 0
	f.tick, f.told = f.tick || events&struck != 0, f.told || events&measured != 0
	if events&resumed != 0 {
		want := Direction(f.h.want.Load())
		f.heldIn, f.heldOut = f.heldIn && want&Receiving != 0, f.heldOut && want&Sending != 0
	}
}

// step does what events ask for and says whether the transfer is over and all of it played.
func (f *flight) step(events uint32) (done bool) {
	h := f.h
	f.look(events)
	if f.spot || f.gone {
		return f.over
	}
	for h.failure == nil && h.stop.Load() == nil {
		switch {
		case f.hungry && !f.heldOut && !f.over:
			f.fill()
		case f.mine && !f.heldIn:
			f.play()
		case !f.mine && f.over && h.cell.Take():
			f.mine = true
		case f.tick: // it may have been the clock of an earlier transfer
			f.tick, f.clock = false, nil
			if f.late = f.over && f.mine && h.cell.Timeout() > 0 && f.left() <= 0; f.late {
				h.result = int(codes.OperationTimedOut)
				return true
			}
			f.askCounts()
		case f.told:
			f.told, f.asking = false, false
			f.report(f.counts)
		case f.mine && f.clock == nil && f.pace() > 0:
			f.clock = time.AfterFunc(f.pace(), func() { f.l.drv.Notify(f.seat, struck) })
		default:
			return f.over && !f.mine
		}
	}
	return f.over
}

// pace is when something is to happen though a callback has paused what libcurl thinks is delivered; 0: never. Without a
// lane the option's timeout would end the transfer, and libcurl call the progress function once a second, which may be who
// resumes.
func (f *flight) pace() (d time.Duration) {
	c := f.h.cell
	if f.over && c.Timeout() > 0 {
		d = max(f.left(), 1)
	}
	if c.Reports() && (d == 0 || d > time.Second) {
		d = time.Second
	}
	return d
}

// askCounts is for a progress function that is due while data is held back. The leader knows how far the transfer is,
// unless it is over.
func (f *flight) askCounts() {
	switch {
	case f.over:
		f.report(f.h.cell.Progress())
	case f.mine && !f.asking && f.h.cell.Reports():
		f.asking = true
		f.l.drv.Post(f.count)
	}
}

// report calls the progress function while data is held back.
func (f *flight) report(counts [4]int64) {
	if !f.mine || !f.heldIn || counts[0] < 0 || !f.h.cell.Reports() {
		return
	}
	if how := f.h.cell.Report(counts); how != capi.PlayedAll {
		f.refused(how)
	}
}

// left is what is left of the option's timeout.
func (f *flight) left() time.Duration {
	return time.Duration(f.h.cell.Timeout())*time.Millisecond - time.Since(f.began)
}

// play plays what was taken.
func (f *flight) play() { f.played(f.h.cell.Play()) }

// played goes on from how playing went.
func (f *flight) played(how capi.Played) {
	switch how {
	case capi.PlayedAll:
		f.mine = false
		if !f.over {
			f.l.drv.Post(f.more)
		}
	case capi.PlayPaused: // until Resume, unless that has come already
		if f.heldIn = f.h.want.Load()&uint32(Receiving) != 0; f.heldIn && !f.over {
			f.l.drv.Post(f.loosen)
		}
	default:
		f.refused(how)
	}
}

// fill gets data to send.
func (f *flight) fill() {
	switch how := f.h.cell.Fill(); how {
	case capi.PlayedAll:
		f.hungry = false
		f.l.drv.Post(f.give)
	case capi.PlayPaused:
		f.heldOut = f.h.want.Load()&uint32(Sending) != 0
	default:
		f.refused(how)
	}
}

// refused ends the transfer because a callback failed, or because it has been stopped: then there is no failure.
func (f *flight) refused(how capi.Played) {
	if f.h.failure == nil && f.h.stop.Load() == nil {
		f.h.failure = errNoMemory
	}
	f.code = codes.AbortedByCallback
	if how == capi.PlayUnwritten {
		f.code = codes.WriteError
	}
	f.abort()
}

// abort has the leader end the transfer. What was recorded and not played is lost.
func (f *flight) abort() {
	if !f.over {
		f.l.drv.Post(f.leave)
	}
}

// land ends the transfer for the handle, which is at rest then. refused is why it never began.
func (e *Easy) land(l *lane, refused error) error {
	h, f := e.h, e.h.flight
	stop := h.stop.Load()
	err := refused
	switch {
	case f.gone:
		if err = *l.lost.Load(); err == ErrAbandoned {
			if !f.spot {
				f.playing.Unlock()
			}
			g := h.group
			h.abandon(nil)
			g.over()
			return ended("perform", ErrAbandoned)
		}
		l.drv.Lock()
		l.drv.C().Remove(h.cell)
		l.drv.Mu.Unlock()
	case err != nil:
	case stop != nil || h.failure != nil || h.multi != 0 || h.result != 0:
		l.drv.Mu.Lock() // others may ask for infos
		if h.failure != nil && h.result == 0 {
			h.result = int(f.code)
		}
		err = h.outcome(h.multi, stop)
		l.drv.Mu.Unlock()
		if e, ok := err.(*Error); ok && f.late && e.Detail == "" {
			e.Detail = "a callback that had paused held back the last data for too long"
		}
	}
	if f.clock != nil {
		f.clock.Stop()
		f.clock = nil
	}
	h.cell.Untape()
	if !f.spot {
		f.playing.Unlock()
	}
	h.held, h.led, h.easy, h.failure, h.collect = nil, nil, nil, nil, nil

	h.mu.Lock()
	guests := h.guests > 0
	if guests {
		h.mu.Unlock()
		l.drv.Lock()
		h.mu.Lock()
	}
	h.stop.Store(nil)
	h.flies, h.stream = false, nil
	if h.st != state.Draining {
		h.st = state.Idle
	}
	if guests {
		l.drv.Mu.Unlock()
	}
	h.group.over() // it cannot have changed in flight
	return firstPanic(err, e.settle())
}
