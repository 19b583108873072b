//go:build cgo

package capi

/*
#include "tape.h"
#include "cell.h"
#include "zcallbacks.h"

// Numbers, because cgo would look for Go memory behind a pointer: see driver.go.
static void start(uintptr_t c, uint64_t mask) { gocurl_tape_start((struct gocurl_cell *)c, mask); }
static void missed(uintptr_t c) { gocurl_tape_missed((struct gocurl_cell *)c); }
static int report(uintptr_t c) { return gocurl_tape_report((struct gocurl_cell *)c); }
static int play(uintptr_t c) { return gocurl_tape_play((struct gocurl_cell *)c); }
*/
import "C"

// Played is how playing a tape, or filling a feed, went.
type Played int

// The answers of Play and Fill.
const (
	PlayedAll   Played = C.GOCURL_PLAYED       // there is nothing left
	PlayPaused  Played = C.GOCURL_PLAY_PAUSED  // a function asked for a pause
	PlayRefused Played = C.GOCURL_PLAY_REFUSED // a function failed, or the transfer is to end

	PlayUnwritten Played = C.GOCURL_PLAY_UNWRITTEN // the same of a function that takes data
	PlayBody      Played = C.GOCURL_PLAY_BODY      // of a stream: Body comes next
)

// OnSpot says that the cell has callbacks that must answer while libcurl waits, and so cannot be recorded. The read function
// is one of them where an upload begins in its middle: what comes before is read, and dropped, without a pause.
func (c Cell) OnSpot() bool {
	resumed := c.p.resumes != 0 && c.p.functions>>C.GOCURL_FUNCTION_READFUNCTION&1 != 0
	return resumed || c.p.functions&^C.GOCURL_TAPED_FUNCTIONS != 0
}

// ClosesSockets says that the cell has a close-socket callback, which connections keep.
func (c Cell) ClosesSockets() bool {
	return c.p.functions>>C.GOCURL_FUNCTION_CLOSESOCKETFUNCTION&1 != 0
}

// Keeps says that the connection stays with the handle when the transfer is over (connect-only).
func (c Cell) Keeps() bool { return c.p.keep != 0 }

// Secures says that protocols which begin without TLS are asked to go on with it.
func (c Cell) Secures() bool { return c.p.secures != 0 }

// Timeout is the option's limit for a transfer in milliseconds, 0: none.
func (c Cell) Timeout() int64 { return int64(c.p.timeout) }

// Key is what callbacks of the cell hand to the hooks.
func (c Cell) Key() uintptr { return uintptr(c.p.key) }

// Tape has all callbacks that can be recorded instead of called, or called again. What is recorded is dropped. The cell
// is at rest.
func (c Cell) Tape(on bool) {
	var mask C.uint64_t
	if on {
		mask = C.GOCURL_TAPED_FUNCTIONS
	}
	if c.blank() {
		c.p.taping = mask // a call of C less for each transfer
	} else {
		C.start(c.address(), mask)
	}
}

// blank says that there is nothing to drop, as after a transfer that has only received, and has been played.
func (c Cell) blank() bool {
	p := c.p
	return p.rec.len == 0 && p.out.pos == p.out.len && p.feed.buf == nil && p.stage.buf == nil && p.feeding.number == 0 &&
		p.full|p.brims|p.jammed|p.starved|p.wants|p.fed|p.progressed|p.news_progressed|p.held|p.stream.on|p.stream.answered|p.stream.answer_out == 0
}

// Untape ends recording, and frees what a large transfer needed.
func (c Cell) Untape() {
	c.p.taping = 0
	c.p.stream.on = 0
	if c.p.rec.cap > C.GOCURL_TAPE_KEEP || c.p.out.cap > C.GOCURL_TAPE_KEEP || c.p.feed.buf != nil || c.p.stage.buf != nil {
		C.start(c.address(), 0)
	}
}

// Taping says that callbacks are recorded.
func (c Cell) Taping() bool { return c.p.taping != 0 }

// Take gets what is recorded ready for Play, unless Play has not come to the end of what it took before. It reports
// whether there is something to play. The caller holds the driver's lock.
func (c Cell) Take() bool {
	p := c.p
	if p.rec.len == 0 && p.progressed == 0 && p.out.pos == p.out.len && p.stream.answered == p.stream.answer_out {
		return false // as at the end of most transfers
	}
	if p.out.pos < p.out.len {
		return true // held back by a pause
	}
	if p.missed != 0 {
		C.missed(c.address())
	}
	p.out, p.rec = p.rec, p.out
	p.brims = 0
	p.rec.len, p.rec.pos = 0, 0
	p.news_of, p.news_progressed = p.progress, p.progressed
	p.progressed = 0
	told := p.stream.answered != p.stream.answer_out
	p.stream.answer_out = p.stream.answered
	return p.out.len > 0 || p.news_progressed != 0 || told
}

// Full says that something is paused until the tape has been taken; Emptied ends that, with the driver's lock.
func (c Cell) Full() bool { return c.p.full|c.p.jammed != 0 }

// Emptied says that there is room on the tape again. The driver has to be told: Pause.
func (c Cell) Emptied() { c.p.full, c.p.jammed = 0, 0 }

// Jam has that paused, among the given directions, of which log lines have filled the tape. It reports whether the driver has to be
// told. The caller holds the driver's lock.
func (c Cell) Jam(among uint32) bool {
	p := c.p
	more := p.brims & C.uint8_t(among) &^ p.jammed
	if more == 0 || p.rec.len <= C.GOCURL_TAPE_FULL {
		return false
	}
	p.jammed |= more
	return true
}

// Jammed says what is paused so.
func (c Cell) Jammed() uint32 { return uint32(c.p.jammed) }

// Loosen ends that for other directions than the given ones, and reports whether there was one.
func (c Cell) Loosen(but uint32) bool {
	before := c.p.jammed
	c.p.jammed &= C.uint8_t(but)
	return c.p.jammed != before
}

// Ask notes from where the next Fill is to read, for the goroutine that is then told to. The caller holds the driver's lock.
func (c Cell) Ask() { c.p.staging = c.p.feeding }

// Wants says that libcurl has sent all it was given, and there may be more.
func (c Cell) Wants() bool { return c.p.wants != 0 }

// Play hands what was taken to the hooks, in order. The caller holds no lock but the one that callbacks release. When it
// stops early, what was not accepted is still there for the next Play.
func (c Cell) Play() Played { return Played(C.play(c.address())) }

// Reports says that the cell has a progress function, and progress is on.
func (c Cell) Reports() bool {
	return c.p.progress_on != 0 && c.p.functions&C.GOCURL_PROGRESS_FUNCTIONS != 0
}

// Progress is how far the transfer is: what is to be received and has been, what is to be sent and has been. The caller holds
// the driver's lock, or the transfer is over.
func (c Cell) Progress() (counts [4]int64) {
	for i, n := range c.p.progress {
		counts[i] = int64(n)
	}
	return counts
}

// Report hands that to the progress hook, before what a pause holds back. The tape must have been taken, as for Play.
func (c Cell) Report(counts [4]int64) Played {
	for i, n := range counts {
		c.p.news_of[i] = C.int64_t(n)
	}
	return Played(C.report(c.address()))
}

// Fill asks the read hook for data to send. The caller holds no lock but the one that callbacks release.
func (c Cell) Fill() Played { return Played(C.gocurl_feed_fill(c.p)) }

// Give hands what Fill got to libcurl, and nothing as the end. starved says that libcurl has paused sending for it: the
// driver has to be told with Pause. The caller holds the driver's lock.
func (c Cell) Give() (starved bool) {
	starved = c.p.starved != 0
	C.gocurl_feed_give(c.p)
	return starved
}
