package curl

import (
	"context"
	"errors"
	"runtime"
	"syscall"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// Perform runs the transfer and returns when it is over. The connection is kept for the next Perform of the handle.
//
// Ending ctx ends the transfer promptly, whatever it is doing; its deadline comes on top of the timeouts set as
// options, and never loosens them. The error is an *Error (or a *StateError when the handle cannot run a transfer now):
// errors.Is finds libcurl's code, ctx's error, or the error that a callback returned. A panic of a callback is raised
// here, as a *CallbackPanic.
//
// https://curl.se/libcurl/c/curl_easy_perform.html
func (e *Easy) Perform(ctx context.Context) error {
	h := e.h
	h.mu.Lock()
	if _, err := h.decide(state.Perform); err != nil {
		h.mu.Unlock()
		return err
	}
	if err := ctx.Err(); err != nil {
		h.mu.Unlock()
		return ended("perform", err)
	}
	if err := h.prepare(e); err != nil {
		h.mu.Unlock()
		return err
	}
	d := h.drv
	h.st, h.tainted = state.InFlight, true
	h.mu.Unlock()

	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { h.cancel(context.Cause(ctx)) })
		defer stop()
	}
	return reraise(e.run(d))
}

// prepare gets the handle ready for a transfer. The caller holds mu.
func (h *handle) prepare(e *Easy) error {
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

// run drives the transfer until it is over or was stopped.
func (e *Easy) run(d *driver.Driver) (err error) {
	h := e.h
	d.Mu.Lock()
	h.held, h.easy = &d.Mu, e
	h.failure, h.stop, h.over, h.result = nil, nil, false, 0
	h.want.Store(0)
	returned := false
	defer func() {
		if !returned && h.escaped { // Goexit went through libcurl and through us; no lock is held
			h.abandon()
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
	h.detach(d)
	returned = true
	err = h.outcome(multi)
	h.held, h.easy, h.failure, h.stop, h.collect = nil, nil, nil, nil, nil

	h.mu.Lock()
	after := h.after
	h.after = pending{}
	closing := h.st == state.Draining || after.close
	switch {
	case closing:
		h.st = state.Draining
	case h.cell.Attached():
		h.st = state.Connected
	default:
		h.st = state.Idle
	}
	yield := d.YieldDue()
	d.Mu.Unlock()
	switch {
	case closing:
		e.free()
	case after.reset:
		err = errors.Join(err, e.reset())
		h.mu.Unlock()
	default:
		h.mu.Unlock()
	}
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
			return h.over || h.stop != nil
		}
		if c == h.cell {
			h.over, h.result = true, c.Result()
		}
	}
}

// detach takes the C handle out of the driver, unless it is connected and stays there.
func (h *handle) detach(d *driver.Driver) {
	if h.over && h.result == 0 && h.stop == nil {
		return // libcurl's side has removed it, or keeps it for Send and Recv
	}
	d.C().Remove(h.cell)
}

// outcome makes the error of the transfer. The driver's lock is held.
func (h *handle) outcome(multi int) error {
	c := h.cell
	if p, ok := h.failure.(*CallbackPanic); ok {
		return p
	}
	switch {
	case h.stop != nil && !h.over:
		return ended("perform", h.stop)
	case multi != 0 && !h.over:
		return &Error{Op: "perform", Code: codes.FailedInit, Cause: codes.Multi(multi)}
	case h.result == 0 && h.failure == nil:
		return nil
	}
	err := &Error{Op: "perform", Code: codes.Easy(h.result), Detail: c.ErrorText(), Cause: h.failure}
	if err.Cause == nil && c.NoSource() {
		err.Cause = ErrNoSource
	}
	if n, code := c.InfoLong(int32(info.OSErrno.ID())); code == 0 && n > 0 {
		err.Errno = syscall.Errno(n)
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

// cancel has the driver end the transfer in flight, if there is still one.
func (h *handle) cancel(cause error) {
	h.drv.Post(func() {
		if h.stop == nil {
			h.stop = cause
		}
	})
}
