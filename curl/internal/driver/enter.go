package driver

// Enter has the leader wait for its turn to work inside libcurl, unless it has it. It does not hold Mu.
func (d *Driver) Enter() {
	if d.turn.n == 0 && !d.exempt {
		steps.take(&d.turn)
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
	if d.calls++; d.calls == 1 && d.turn.n != 0 {
		steps.change(&d.turn, calling)
	}
}

// Return says that it comes back.
func (d *Driver) Return() {
	if d == nil {
		return
	}
	if d.calls--; d.calls == 0 && d.turn.n != 0 {
		steps.change(&d.turn, working)
	}
}

// Exempt says that libcurl may block now, as its name resolver can: then the leader works without a turn. With false it
// has to take turns again, from the next step on at the latest. The leader calls it, also inside a callback.
func (d *Driver) Exempt(yes bool) {
	if d.exempt == yes {
		return
	}
	d.exempt = yes
	if yes {
		d.Leave()
	} else {
		steps.try(&d.turn) // it is inside libcurl, with Mu, and must not wait
	}
}

// overdue says that the leader is to queue for its next step.
func (d *Driver) overdue() bool {
	return !d.exempt && (d.turn.n == 0 || steps.waiting.Load() > 0)
}

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
