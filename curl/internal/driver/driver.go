package driver

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// Driver is a multi handle with the goroutine that leads it.
type Driver struct {
	// Mu is held while libcurl runs on this driver. It guards c and everything libcurl keeps for its handles.
	Mu sync.Mutex
	c  capi.Driver

	polling bool
	stepped bool         // by its user, who polls only while waiting is set
	waiting atomic.Bool  // set with Mu held
	holding atomic.Bool  // its leader waits with Mu, or has done so and not yet without: set and unset with Mu held
	wanted  atomic.Int32 // how many wait in Lock

	// Guard, unless nil, hears of every time that the leader goes into libcurl. Set before Lead.
	Guard Guard

	// Window, unless nil, is of the goroutine that leads, which sets it before Lead and takes it away after. Guarded by
	// Mu. A seat has its own.
	Window *Window

	// leader only, and read by nobody else
	turn      turn // to work inside libcurl
	mayBlock  bool
	polls     bool // it has one of pollSlots
	runs      bool // it is one of blocked, in run
	calls     int  // the callbacks it stands in
	more      bool // libcurl has more to do at once
	parked    *parking
	lastYield time.Duration // when the goroutine last gave its processor away, by sinceStart
	drained   []func()      // empty: the memory that posted has next

	pending  atomic.Bool   // posted is not empty; read without mail
	sleeping atomic.Bool   // the leader waits, or is going to unless woken says otherwise
	woken    atomic.Bool   // somebody wants the leader to look again
	closed   atomic.Bool   // the multi handle is gone
	knock    chan struct{} // has one element after a wake: for a leader that waits for its turn to poll

	crew crew // of a driver that several goroutines share: seat.go

	mail   sync.Mutex // guards the rest and what crew says; held for a few instructions only
	posted []func()
	wakeFD int // -1 once the multi handle is gone: the number may belong to somebody else
}

// Guard watches a leader that libcurl can keep for long. Leave reports false when the driver was given up meanwhile;
// then the leader does nothing more with it.
type Guard interface {
	Enter()
	Leave() bool
}

// Config is what a driver needs to know about the libcurl in use.
type Config struct {
	Polling   bool // event mode does not work in this release, or there is no epoll
	QuickExit bool // 8.20.0: the multi handle can end without waiting for resolver threads
}

// New makes a driver. The error says what the process ran out of.
func New(cfg Config) (*Driver, error) {
	c, code := capi.NewDriver(cfg.Polling, cfg.QuickExit)
	if !c.Valid() {
		if code < 0 {
			err := syscall.Errno(-code)
			if gone := descriptorsGone(err); gone != nil {
				return nil, gone
			}
			return nil, fmt.Errorf("opening the descriptors of a transfer: %w", err)
		}
		if gone := Descriptors(); gone != nil { // since 7.68.0 a multi handle has some of its own
			return nil, gone
		}
		return nil, errors.New("libcurl could not make a multi handle: out of memory")
	}
	d := &Driver{c: c, polling: cfg.Polling, wakeFD: c.WakeFD(), lastYield: sinceStart(), knock: make(chan struct{}, 1)}
	d.turn.slot = steps.somewhere()
	return d, nil
}

// Lock takes Mu for anybody but the leader. Who polls keeps Mu over it, because libcurl goes through its handles for
// that, and may report what it finds there to a debug callback: so the poll is ended.
func (d *Driver) Lock() {
	d.wanted.Add(1)
	if d.polling && (!d.stepped || d.waiting.Load()) || d.holding.Load() {
		d.Wake()
	}
	d.Mu.Lock()
	d.wanted.Add(-1)
}

// C is the multi handle, for calls under Mu.
func (d *Driver) C() capi.Driver { return d.c }

// Closed says that the multi handle is gone, and C not to be used.
func (d *Driver) Closed() bool { return d.closed.Load() }

// Ended notes that its user has ended the multi handle. The caller holds Mu.
func (d *Driver) Ended() { d.closed.Store(true) }

// Close ends the multi handle. No transfer runs on it any more; close-socket callbacks may be entered.
func (d *Driver) Close() { d.CloseThen(nil) }

// CloseThen is Close, and calls then, unless nil, before those who wait for Mu of a shared driver get it.
func (d *Driver) CloseThen(then func()) {
	d.crew.ends(&d.mail)
	if d.crew.dispatch != nil { // handles that have been here may be ended at this moment
		d.Mu.Lock()
		defer d.Mu.Unlock()
	}
	d.closed.Store(true)
	d.mail.Lock()
	d.wakeFD = -1
	d.posted = nil
	d.mail.Unlock()
	if d.parked != nil {
		d.c.DisownPollFD()
	}
	d.c.Free()
	if d.parked != nil {
		d.parked.close()
	}
	if then != nil {
		then()
	}
}

// Post has f carried out by the leader, with Mu held and none of the leader's libcurl frames on its stack. It
// returns at once, may be called from anywhere, and does nothing when the driver is gone.
func (d *Driver) Post(f func()) {
	d.mail.Lock()
	defer d.mail.Unlock()
	if d.wakeFD < 0 {
		return
	}
	d.posted = append(d.posted, f)
	d.pending.Store(true)
	d.wake()
}

// Wake has the leader ask its until() soon. Like Post it may be called from anywhere, at any time.
func (d *Driver) Wake() {
	d.mail.Lock()
	defer d.mail.Unlock()
	if d.wakeFD >= 0 {
		d.wake()
	}
}

// wake ends the leader's wait, wherever it waits. One that is at work looks at woken before it waits: that saves a
// system call for each of many transfers. The caller holds mail.
func (d *Driver) wake() {
	d.woken.Store(true)
	if !d.sleeping.Load() {
		return
	}
	capi.Wake(d.wakeFD)
	select {
	case d.knock <- struct{}{}:
	default:
	}
}

// Drain carries out what was posted. Only the leader calls it, with Mu held.
func (d *Driver) Drain() {
	if !d.pending.Load() {
		return
	}
	d.mail.Lock()
	todo := d.posted
	d.posted = d.drained
	d.pending.Store(false)
	d.mail.Unlock()
	for _, f := range todo {
		f()
	}
	clear(todo)
	d.drained = todo[:0]
}

// parking lets the leader wait in Go's poller, where waiting costs no thread.
type parking struct {
	file *os.File
	raw  syscall.RawConn
}

func (p *parking) close() { p.file.Close() }
