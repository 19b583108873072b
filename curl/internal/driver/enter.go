package driver

// Enter has the leader wait for its turn to work inside libcurl, unless it has it. It does not hold Mu.
func (d *Driver) Enter() {
	if d.turn.n != 0 {
		return
	}
	steps.take(&d.turn)
	if d.mayBlock {
		d.tell()
	}
}

// Leave ends the turn, as every wait begins with. It may be called on no driver at all, as Call and Return.
func (d *Driver) Leave() {
	if d != nil && d.turn.n != 0 {
		steps.give(&d.turn)
	}
}

// Call says that the leader enters a callback.
func (d *Driver) Call() {
	if d == nil {
		return
	}
	d.endPoll()
	d.endRun()
	if d.calls++; d.calls == 1 && steps.closely.Load() {
		d.tell()
	}
}

// Return says that it comes back.
func (d *Driver) Return() {
	if d == nil {
		return
	}
	if d.calls--; d.calls == 0 && (steps.closely.Load() || d.turn.n%kinds == calling) {
		d.tell()
	}
}

// MayBlock says that libcurl may block from now on, as some of its name resolvers do, or not any more.
func (d *Driver) MayBlock(yes bool) {
	d.mayBlock = yes
	d.tell()
}

// tell has the turn say what the leader does.
func (d *Driver) tell() {
	switch {
	case d.turn.n == 0:
	case d.mayBlock || d.calls > 0:
		steps.change(&d.turn, calling)
	default:
		steps.change(&d.turn, working)
	}
}

// overdue says that the leader is to queue for its next step.
func (d *Driver) overdue() bool { return steps.waiting.Load() > 0 || !steps.holds(&d.turn) }

// Errand is a turn for work inside libcurl that needs no driver.
type Errand struct{ turn turn }

// Work waits for such a turn. It lasts until End; the work is short.
func Work() *Errand {
	e := new(Errand)
	e.turn.slot = steps.somewhere()
	steps.take(&e.turn)
	return e
}

// End ends it.
func (e *Errand) End() { steps.give(&e.turn) }
