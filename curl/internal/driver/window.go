package driver

import "github.com/seed-0edfda58/gocurl/curl/internal/capi"

// Window is where body data of one transfer goes without a stop on its tape, as long as the goroutine that reads the
// body leads the driver. It belongs to that goroutine.
type Window struct {
	Cell capi.Cell
	P    []byte // of the reader; libcurl writes to it during a step only
	N    int    // how much of P is filled
}

// step is a step of libcurl, through the leader's window if there is one.
func (d *Driver) step() capi.Event {
	w := d.Window
	if w == nil || w.N == len(w.P) {
		return d.c.Step(stepBudget.Microseconds())
	}
	ev, n := d.c.StepInto(w.Cell, w.P[w.N:], stepBudget.Microseconds())
	w.N += n
	return ev
}
