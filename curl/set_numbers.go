package curl

import (
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// setNumbers is Set for the most frequent batch: numbers that mean nothing to the runtime, on a handle at rest. There
// is nothing to check about them beyond what they are, and nothing to remember, so they are looked at once and libcurl
// is given them where they lie: on the caller's stack, without a copy. It reports false, and has done nothing, when the
// batch or the handle is of another kind.
//
// Of the time of ten options libcurl's own work is half, as much as in C. The crossing into C is three tenths and cannot be
// had for less: two of its instructions are the locked ones with which the runtime gives the processor away and takes it
// back. The rest is the handle's lock, the look, and making the options.
func (e *Easy) setNumbers(options []opt.Option) (bool, error) {
	if e == nil || e.h == nil || len(options) == 0 || !opt.PlainNumbers(options) {
		return false, nil
	}
	h := e.h
	h.mu.Lock()
	// With a debug callback any refusal may be reported to it.
	if h.st != state.Idle || h.calling || h.callbacks.Load() != 0 || h.cell.Debugging() {
		h.mu.Unlock()
		return false, nil
	}
	done, code := h.cell.ApplyNumbers(unsafe.Pointer(unsafe.SliceData(options)), len(options))
	var err error
	if code != 0 {
		err = e.refused(options, done, code)
	}
	h.mu.Unlock()
	return true, err
}

// This compiles only when a Go Option lies in memory like a C struct gocurl_number.
var (
	_ [0]int = [opt.SizeOfOption ^ capi.NumberSize]int{}
	_ [0]int = [opt.OffsetOfID ^ capi.NumberID]int{}
	_ [0]int = [opt.OffsetOfClass ^ capi.NumberClass]int{}
	_ [0]int = [opt.OffsetOfInt ^ capi.NumberValue]int{}
	_ [0]int = [opt.OffsetOfAny ^ capi.NumberNothing]int{}
)
