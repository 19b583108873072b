package curl

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Perform runs the transfer and returns when it is over. The connection is kept for the next Perform of the handle.
//
// Ending ctx ends the transfer promptly, whatever it is doing; its deadline comes on top of the timeouts set as
// options, and never loosens them. The error is an *Error (or a *StateError when the handle cannot run a transfer now):
// errors.Is finds libcurl's code, ctx's error and its cause, or the error that a callback returned. A panic of a callback is raised
// here, as a *CallbackPanic.
//
// https://curl.se/libcurl/c/curl_easy_perform.html
func (e *Easy) Perform(ctx context.Context) error { return e.perform(ctx, nil) }

// perform is Perform, or Fetch when collect says where the body goes.
func (e *Easy) perform(ctx context.Context, collect *[]byte) error {
	h := e.h
	expired, cancellable := whyDone(ctx), ctx.Done() != nil // with no lock held: ctx may be of any make
	h.mu.Lock()
	if _, err := h.decide(state.Perform); err != nil {
		h.mu.Unlock()
		return err
	}
	if expired != nil {
		h.mu.Unlock()
		return ended("perform", expired)
	}
	if h.trailed {
		h.mu.Unlock()
		return unsupported("a transfer after one with CURLOPT_TRAILERFUNCTION on the same handle", trailersAgain)
	}
	err := h.prepare(e, collect)
	if err == nil && h.st == state.Draining { // by a callback of the preparation
		err = ended("perform", ErrClosed)
	}
	if err != nil {
		e.release(&h.mu)
		return reraise(err)
	}
	d := h.drv
	h.st, h.tainted = state.InFlight, true
	h.disconnect()
	h.run++
	run := h.run
	h.stop.Store(nil)
	h.want.Store(0)
	h.mu.Unlock()

	if cancellable {
		stop := context.AfterFunc(ctx, func() { h.cancelRun(run, whyDone(ctx)) })
		defer stop()
	}
	return reraise(e.drive(d, collect))
}

// prepare gets the handle ready for a transfer. The caller holds mu.
func (h *handle) prepare(e *Easy, collect *[]byte) error {
	if collect != nil {
		h.cell.PutFunction(0, int32(opt.IDWriteFunction), true)
		h.cell.Apply(1, false)
	}
	if h.drv == nil {
		v := capi.VersionNum()
		d, err := driver.New(driver.Config{Polling: brokenEvents(v) || !driver.Events, QuickExit: v >= quickExitMulti})
		if err != nil {
			return &Error{Op: "perform", Code: codes.OutOfMemory, Cause: err}
		}
		h.drv = d
	}
	return h.setProxy(e)
}

// drive drives the transfer until it is over or was stopped.
func (e *Easy) drive(d *driver.Driver, collect *[]byte) (err error) {
	h := e.h
	d.Mu.Lock()
	h.held, h.easy, h.collect = &d.Mu, e, collect
	h.failure, h.over, h.result = nil, false, 0
	returned := false
	defer func() {
		if !returned && h.escaped { // Goexit went through libcurl and through us; no lock is held
			h.abandon(d)
		}
	}()
	c := h.cell
	if c.Attached() { // connect-only before: that connection ends here
		d.C().Remove(c)
	}
	multi := d.C().Add(c)
	if multi == 0 {
		multi = d.Lead(h.settled)
	}
	stop := h.stop.Load()
	h.detach(d, stop)
	returned = true
	err = h.outcome(multi, stop)
	h.held, h.easy, h.failure, h.collect = nil, nil, nil, nil

	h.mu.Lock()
	h.trailed = h.trailed || err != nil && e.fn.trailer != nil && trailersOnce()
	h.stop.Store(nil)
	switch {
	case h.st == state.Draining:
	case h.cell.Attached():
		h.st = state.Connected
	default:
		h.st = state.Idle
	}
	yield := d.YieldDue()
	d.Mu.Unlock()
	err = firstPanic(err, e.settle())
	if yield {
		runtime.Gosched()
	}
	return err
}

// settled says that the transfer needs no more driving. The leader asks it with the driver's lock.
func (h *handle) settled() bool {
	for {
		c := h.drv.C().NextDone()
		if !c.Valid() {
			// A callback that libcurl does not listen to, or not at once, ends the transfer with its failure as well.
			return h.over || h.stop.Load() != nil || h.failure != nil
		}
		if c == h.cell {
			h.over, h.result = true, c.Result()
		}
	}
}

// detach takes the C handle out of the driver, unless it is connected and stays there.
func (h *handle) detach(d *driver.Driver, stop *error) {
	if h.over && h.result == 0 && stop == nil && h.failure == nil {
		return // libcurl's side has removed it, or keeps it for Send and Recv
	}
	d.C().Remove(h.cell)
}

// outcome makes the error of the transfer. The driver's lock is held.
func (h *handle) outcome(multi int, stop *error) error {
	c := h.cell
	if p, ok := h.failure.(*CallbackPanic); ok {
		return p
	}
	switch {
	case stop != nil && h.failure != nil:
		return ended("perform", errors.Join(*stop, h.failure))
	case stop != nil:
		return ended("perform", *stop) // also when it came with the last bytes: whoever stops a transfer sees that
	case multi != 0 && !h.over:
		return &Error{Op: "perform", Code: codes.FailedInit, Cause: codes.Multi(multi)}
	case h.result == 0 && h.failure == nil:
		return nil
	}
	if h.result == 0 {
		h.result = int(codes.AbortedByCallback)
	}
	err := &Error{Op: "perform", Code: codes.Easy(h.result), Detail: c.ErrorText(), Cause: h.failure}
	err.Errno = h.errno(err.Code)
	if err.Cause == nil && c.NoSource() {
		err.Cause = ErrNoSource
	}
	return err
}

// ErrNoSource is the cause of the error of an upload that has no data: set opt.ReadFunction, use Easy.Input, or set
// opt.PostFields.
var ErrNoSource = errors.New("the transfer has data to send and no source for it; " +
	"use Easy.Input, opt.ReadFunction or opt.PostFields")

// ended is the error of a transfer that was ended from our side.
func ended(op string, cause error) error {
	code := codes.AbortedByCallback
	if errors.Is(cause, context.DeadlineExceeded) {
		code = codes.OperationTimedOut
	}
	return &Error{Op: op, Code: code, Cause: cause}
}

// whyDone is the error of a context that has ended together with its cause, or nil.
func whyDone(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if err != nil && cause != nil && cause != err {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

// Cancel ends the transfer in flight from any goroutine, also from a callback, and returns at once; Perform returns
// with ErrCancelled as the cause. Without a transfer it does nothing.
func (e *Easy) Cancel() error {
	h := e.h
	h.mu.Lock()
	defer h.mu.Unlock()
	v, err := h.decide(state.Cancel)
	if v == state.Queue {
		h.cancel(ErrCancelled)
	}
	return err
}

// ErrCancelled is the cause of the error of a transfer that Cancel ended.
var ErrCancelled = errors.New("the transfer was cancelled")

// cancel has the driver end the transfer in flight. The caller holds mu.
func (h *handle) cancel(cause error) {
	h.stop.CompareAndSwap(nil, &cause)
	h.drv.Wake()
}

// cancelRun is cancel for one certain transfer: a context can end when that one is over and the next one runs.
func (h *handle) cancelRun(run uint64, cause error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.inFlight() && h.run == run {
		h.cancel(cause)
	}
}
