package curl

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Perform runs the transfer and returns when it is over. The connection is kept for the next Perform of the handle.
//
// Ending ctx ends the transfer promptly, whatever libcurl is doing; a callback in progress, or the Read of an Input, is waited
// for. The deadline of ctx comes on top of the timeouts set as options, and never loosens them.
//
// The error is an *Error (or a *StateError when the handle cannot run a transfer now): errors.Is finds libcurl's code, ctx's
// error and its cause, or the error that a callback returned. A panic of a callback is raised here, as a *CallbackPanic.
//
// Where libcurl waits inside one call for an answer, as it does at the end of FTP transfers, it looks once a second whether
// it is to go on. A libcurl before 7.87.0, or built without FeatureAsynchDNS, waits for its name resolver before it ends a transfer, and
// every libcurl waits inside one call for the TLS handshakes of FTP and for a server of RTMP.
// Perform returns soon all the same; what libcurl kept for the handle beside options and cookies (open connections,
// infos) is then lost, and callbacks run on another goroutine than Perform. The timeouts set as options do not interrupt
// such a resolver, ctx does.
//
// https://curl.se/libcurl/c/curl_easy_perform.html
func (e *Easy) Perform(ctx context.Context) error { return e.perform(ctx, nil) }

// perform is Perform, or Fetch when collect says where the body goes.
func (e *Easy) perform(ctx context.Context, collect *[]byte) error {
	t, err := e.begin(ctx, state.Perform, collect != nil, nil)
	if err != nil {
		return err
	}
	defer t.unwatch()
	switch {
	case t.lane != nil:
		err = e.driveOn(t.lane, collect)
	case t.aside != nil:
		err = e.driveAside(t.drv, t.aside, collect)
	default:
		err = e.drive(t.drv, nil, collect)
	}
	return reraise(t.also(err))
}

// begun is a transfer that begin has made the handle's.
type begun struct {
	lane    *lane // nil: it runs on the handle's own driver
	drv     *driver.Driver
	aside   *lookup     // nil where no resolver can block
	unwatch func() bool // has its context not end it any more
	ctx     context.Context
}

// also adds to the error that a callback has ended the transfer with that the context has ended, too: which of them comes
// first is nobody's doing when the callback is what ends the context. No lock is held.
func (t begun) also(err error) error {
	failed, ok := err.(*Error)
	if !ok || !failed.called || t.ctx == nil {
		return err
	}
	why := whyDone(t.ctx)
	if why != nil && !(errors.Is(err, t.ctx.Err()) && errors.Is(err, context.Cause(t.ctx))) {
		failed.Cause = errors.Join(why, failed.Cause)
	}
	return err
}

// begin makes a transfer the one in flight. body says that its body goes to Go; s, unless nil, is who reads it.
func (e *Easy) begin(ctx context.Context, op state.Op, body bool, s *stream) (begun, error) {
	h := e.handle()
	if ctx == nil {
		return begun{}, ended(opName(op), errNilContext)
	}
	expired, cancellable := whyDone(ctx), ctx.Done() != nil // with no lock held: ctx may be of any make
	l, err := h.begin(e, op, expired, body, s)
	if err != nil {
		return begun{}, reraise(err)
	}
	t := begun{lane: l, drv: h.drv, unwatch: func() bool { return true }, ctx: ctx}
	if stays := h.staysInside(); l == nil && (stays || resolverBlocks()) {
		h.lookup = newLookup(h, stays)
	}
	t.aside = h.lookup
	h.st, h.tainted, h.flies, h.stream = state.InFlight, true, l != nil, s
	if h.kin = nil; l != nil {
		h.kin = l.drv
	}
	h.ownSessions = h.ownSessions || !h.share.has(ShareTLSSessions)
	h.disconnect()
	h.run++
	run := h.run
	h.stop.Store(nil)
	h.cell.SetStopping(false)
	h.want.Store(0)
	h.steering.Store(false)
	var clock *time.Timer
	if l != nil {
		clock = h.flight.limit(run)
	}
	h.mu.Unlock()
	if cancellable {
		t.unwatch = context.AfterFunc(ctx, func() { h.cancelRun(run, whyDone(ctx)) })
	}
	if clock != nil {
		unwatch := t.unwatch
		t.unwatch = func() bool {
			clock.Stop()
			return unwatch()
		}
	}
	return t, nil
}

// begin locks the handle and gets it ready for a transfer, on a lane unless that is nil. With an error it is unlocked
// again.
func (h *handle) begin(e *Easy, op state.Op, expired error, body bool, s *stream) (l *lane, err error) {
	h.mu.Lock()
	for queued := false; ; queued = true {
		if err = h.takeURL(); err == nil { // where it points decides what the transfer runs on
			l, err = h.route(s != nil)
		}
		if err = h.mayPerform(op, err, expired); err != nil {
			l.unused(h.group)
			h.mu.Unlock()
			return nil, err
		}
		if l != nil || h.own != nil || queued {
			break
		}
		h.mu.Unlock()
		defer driver.Work().End() // prepare makes a driver; others may use the handle while this one queues
		h.mu.Lock()
	}
	g := h.group
	if err = h.prepare(e, l, body, s); err == nil && h.st == state.Draining { // by a callback of the preparation
		err = ended(opName(op), ErrClosed)
	}
	if err != nil {
		l.unused(g)
		e.release(grip{h, &h.mu})
	}
	return l, err
}

var errNilContext = errors.New("the context is nil; give context.Background() where nothing is to end the call")

// opName is how an Error calls an operation.
func opName(op state.Op) string { return strings.ToLower(op.String()) }

// mayPerform says why no transfer can begin: the state of the handle first, then what route has said, and the context.
// The caller holds mu.
func (h *handle) mayPerform(op state.Op, unrouted, expired error) error {
	if _, err := h.decide(op); err != nil {
		return err
	}
	switch {
	case unrouted != nil:
		return &Error{Op: opName(op), Code: codes.FailedInit, Cause: unrouted}
	case expired != nil:
		return ended(opName(op), expired)
	case h.trailed:
		return unsupported("a transfer after one with CURLOPT_TRAILERFUNCTION on the same handle", trailersAgain)
	}
	return nil
}

// prepare gets the handle ready for a transfer, on a lane unless that is nil. The caller holds mu.
func (h *handle) prepare(e *Easy, l *lane, body bool, s *stream) error {
	if err := h.leaveKin(h.drv); err != nil {
		return err
	}
	if l == nil {
		h.drv = h.own // which may have gone with the C handle
	} else {
		h.drv = l.drv
	}
	h.guardSockets()
	if body {
		h.cell.SetFunctions(true, int32(opt.IDWriteFunction))
	}
	switch {
	case l != nil:
		if err := h.takeOff(e, l); err != nil {
			return err
		}
	case h.own == nil:
		if err := h.makeDriver("perform"); err != nil {
			return err
		}
	}
	err := h.setProxy(e)
	if err == nil && s != nil {
		s.hook(e, l == nil)
	}
	return err
}

// makeDriver gives the handle a private driver. The caller holds mu.
func (h *handle) makeDriver(op string) error {
	d, err := driver.New(driverConfig())
	if err != nil {
		e := &Error{Op: op, Code: codes.OutOfMemory, Cause: err}
		errors.As(err, &e.Errno)
		return e
	}
	h.drv, h.own = d, d
	return nil
}

// drive drives the transfer until it is over or was stopped. With a lookup it may be left behind; then it frees the C
// handle and returns nothing of interest.
func (e *Easy) drive(d *driver.Driver, l *lookup, collect *[]byte) error {
	h := e.h
	d.Enter()
	d.Mu.Lock()
	h.held, h.led, h.easy, h.collect = &d.Mu, d, e, collect
	h.failure, h.over, h.result = nil, false, 0
	returned := false
	defer func() {
		if !returned && h.escaped { // Goexit went through libcurl and through us; no lock is held
			l.end()
			h.abandon(d)
		}
	}()
	c := h.cell
	if c.Attached() { // connect-only before: that connection ends here
		d.C().Remove(c)
	}
	if l != nil {
		d.Guard = l
	}
	multi := d.AddAndLead(c, h.settled)
	stop := h.stop.Load()
	gone := multi == driver.GivenUp || !h.detach(c, d, l, stop)
	returned = true
	if gone {
		l.bury(c, d)
		return nil
	}
	return e.landOwn(d, l, multi, stop)
}

// landOwn ends the transfer for the handle, which is at rest then. The caller holds the driver's lock, which it
// releases.
func (e *Easy) landOwn(d *driver.Driver, l *lookup, multi int, stop *error) error {
	h := e.h
	err := h.outcome(multi, stop)
	l.end()
	h.held, h.led, h.easy, h.failure, h.collect = nil, nil, nil, nil, nil

	h.mu.Lock()
	h.trailed = h.trailed || err != nil && e.fn.trailer != nil && trailersOnce()
	h.stop.Store(nil)
	h.lookup, h.stream = nil, nil
	switch {
	case h.st == state.Draining:
	case h.cell.Attached():
		h.st = state.Connected
	default:
		h.st = state.Idle
	}
	yield := d.YieldDue()
	d.Mu.Unlock()
	d.Leave()
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

// detach takes the C handle out of the driver, unless it is connected and stays there. It reports false when the handle
// was left behind over that.
func (h *handle) detach(c capi.Cell, d *driver.Driver, l *lookup, stop *error) bool {
	if h.over && h.result == 0 && stop == nil && h.failure == nil {
		return true // libcurl's side has removed it, or keeps it for Send and Recv
	}
	if l != nil {
		l.Enter()
	}
	d.C().Remove(c)
	return l == nil || l.Leave()
}

// outcome makes the error of the transfer. The driver's lock is held.
func (h *handle) outcome(multi int, stop *error) error {
	err := h.why(multi, stop)
	if e, ok := err.(*Error); ok && e.Code != codes.URLMalformed { // else there is no telling what of it is a password
		url, _ := h.cell.InfoString(int32(info.EffectiveURL.ID()))
		e.URL = bareURL(url)
	}
	return err
}

// bareURL is a URL without what may be secret.
func bareURL(url string) string {
	scheme, host, path := splitURL(url)
	if end := strings.IndexAny(path, "?#"); end >= 0 {
		path = path[:end]
	}
	return scheme + host + path
}

// why is outcome without the URL.
func (h *handle) why(multi int, stop *error) error {
	c := h.cell
	switch {
	case stop != nil || isPanic(h.failure):
		return h.stopped(stop) // also when it came with the last bytes: whoever stops a transfer sees that
	case multi != 0 && !h.over:
		return &Error{Op: "perform", Code: codes.FailedInit, Cause: codes.Multi(multi)}
	case h.result == 0 && h.failure == nil:
		return nil
	case c.Strayed() && h.failure == nil:
		return &Error{Op: "perform", Code: codes.UnsupportedProtocol, Cause: ErrOtherProtocol}
	case c.Overdue() && h.failure == nil:
		return &Error{Op: "perform", Code: codes.OperationTimedOut, Detail: "the time limit was over while libcurl was busy in one step"}
	case h.failure == errNoLookupRoom:
		return &Error{Op: "perform", Code: codes.OperationTimedOut, Cause: h.failure}
	}
	if h.result == 0 || h.failure != nil && c.SaidEnd() {
		h.result = int(codes.AbortedByCallback)
	}
	err := &Error{Op: "perform", Code: codes.Easy(h.result), Detail: h.text(), Cause: h.failure, called: h.failure != nil}
	if err.Errno = h.errno(err.Code); err.Errno == 0 && err.Cause == nil && mayLackDescriptors(err.Code) {
		err.Cause = driver.Descriptors()
		errors.As(err.Cause, &err.Errno)
	}
	switch {
	case err.Cause != nil:
	case c.NoSource():
		err.Cause = ErrNoSource
	case c.HeldUp():
		err.Cause = ErrHoldsUp
	case err.Code == codes.SendFailRewind && h.easy != nil && h.easy.fn.cannotRewind():
		err.Cause = ErrNoRewind
	}
	return err
}

// stopped makes the error of a transfer that ends without a result of libcurl's, nil when nothing has stopped it.
func (h *handle) stopped(stop *error) error {
	switch {
	case h.failure == nil && stop == nil:
		return nil
	case h.failure == nil:
		return ended("perform", *stop)
	case isPanic(h.failure):
		return h.failure
	case stop == nil:
		err := ended("perform", h.failure)
		err.called = true
		return err
	}
	return ended("perform", errors.Join(*stop, h.failure))
}

// ErrNoSource is the cause of the error of an upload that has no data: set opt.ReadFunction, use Easy.Input, or set
// opt.PostFields.
var ErrNoSource = errors.New("the transfer has data to send and no source for it; " +
	"use Easy.Input, opt.ReadFunction or opt.PostFields")

// ErrNoRewind is the cause of the error of an upload that has to be sent again from its start, after a redirect or a round
// of authentication, and whose source cannot go back.
var ErrNoRewind = errors.New("the body has to be sent again, and its source cannot go back; " +
	"give Easy.Input or Part.Reader an io.Seeker, call Easy.Input before each transfer, set opt.SeekFunction, or use opt.PostFields or Part.Open")

// ended is the error of a transfer that was ended from our side.
func ended(op string, cause error) *Error {
	code := codes.AbortedByCallback
	switch {
	case errors.Is(cause, context.DeadlineExceeded), errors.Is(cause, errNoConnection):
		code = codes.OperationTimedOut
	case cause == errNilContext:
		code = codes.BadFunctionArgument
	}
	return &Error{Op: op, Code: code, Cause: cause}
}

// whyDone is the error of a context that has ended together with its cause, or nil. What waits with none at all is ended at
// once.
func whyDone(ctx context.Context) error {
	if ctx == nil {
		return errNilContext
	}
	err, cause := ctx.Err(), context.Cause(ctx)
	if err != nil && cause != nil && cause != err {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

// Cancel ends the transfer in flight from any goroutine, also from a callback, and returns at once; Perform returns
// with ErrCancelled as the cause. Without a transfer it does nothing.
func (e *Easy) Cancel() error {
	h := e.handle()
	h.mu.Lock()
	v, err := h.decide(state.Cancel)
	if v == state.Queue {
		h.cancel(ErrCancelled)
	}
	in := h.memberOf
	h.mu.Unlock()
	return reraise(firstPanic(err, in.carryOut()))
}

// ErrCancelled is the cause of the error of a transfer that Cancel ended.
var ErrCancelled = errors.New("the transfer was cancelled")

// cancel has the driver end the transfer in flight. The caller holds mu.
func (h *handle) cancel(cause error) {
	h.toStop(cause)
	switch {
	case h.memberOf != nil:
		h.memberOf.post(h, h.memberOf.end)
		return
	case h.flies:
		h.drv.Post(h.flight.leave)
		h.drv.Notify(h.flight.seat, resumed) // it may be paused, and over for libcurl
	default:
		h.drv.Wake()
	}
	if h.lookup != nil {
		h.lookup.kick()
	}
	if h.stream != nil {
		h.stream.stopped(cause)
	}
}

// toStop notes why the transfer in flight is to end. The caller holds mu.
func (h *handle) toStop(cause error) {
	h.stop.CompareAndSwap(nil, &cause)
	if h.cell.Valid() {
		h.cell.SetStopping(true)
	}
}

// cancelRun is cancel for one certain transfer: a context can end when that one is over and the next one runs.
func (h *handle) cancelRun(run uint64, cause error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.inFlight() && h.run == run {
		h.cancel(cause)
	}
}
