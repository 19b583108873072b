package curl

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
)

// Since 8.21.0 an easy handle has something in common with the connections that its transfers have used: what is known of
// the server, and who logs in there. libcurl counts who refers to that without a lock, and lets go of it when the handle
// is ended, is reset, or comes to transfer something else. When the connections belong to a driver that others use as
// well, somebody else may be counting the same at that moment. So a handle is ended and reset under the lock of that
// driver, its kin; and it takes nothing along to another driver, where that lock would be missing.

// lockKin locks what has to be held while a C handle is ended, which is also what is to be released while one of its
// callbacks runs: kin, if there is one. The caller holds no lock.
func lockKin(kin *driver.Driver) *sync.Mutex {
	if kin == nil || !quirkKin.here() {
		lock := new(sync.Mutex)
		lock.Lock()
		return lock
	}
	kin.Lock()
	return &kin.Mu
}

// withKin is lockKin for a handle at rest, which is as busy as with a call until it returns, and may be draining then. The
// caller holds mu before and after, and calls unlock, which does nothing when there was nothing to lock.
func (h *handle) withKin() (unlock func()) {
	kin := h.kin
	if kin == nil || h.held != nil || !quirkKin.here() {
		return func() {}
	}
	h.calling = true
	h.mu.Unlock()
	kin.Lock() // before mu
	h.mu.Lock()
	h.calling = false
	return kin.Mu.Unlock
}

// leaveKin has the handle at rest go on with another C handle when its next transfer is on another driver, or when libcurl
// has kept data of the last one in the old (capi's stash.h). What it has learned of HSTS and Alt-Svc and has not written to
// a file is lost. The caller holds mu.
func (h *handle) leaveKin(to *driver.Driver) error {
	if !h.cell.Stale() && (h.kin == nil || h.kin == to || !quirkKin.here() || goneFor(h.kin)) {
		return nil
	}
	s := h.share
	if s != nil { // the old one is freed later than the share may be
		if err := h.setShare(capi.Share{}); err != nil {
			return err
		}
	}
	err := h.renew()
	if s != nil {
		if failed := h.setShare(s.c); err == nil {
			err = failed
		}
	}
	if err != nil {
		return err
	}
	return h.takeURL()
}

// goneFor says that a driver has no connections any more, and never will have.
func goneFor(kin *driver.Driver) bool {
	if !kin.Mu.TryLock() { // mu comes after it
		return false
	}
	defer kin.Mu.Unlock()
	return kin.Closed()
}
