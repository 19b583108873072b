//go:build cgo

package capi

// #include "cell.h"
// #include "sockets.h"
import "C"

// GuardSockets has C look at each socket of the cell, from the next transfer on: those on a driver for many handles, other
// than that of a confined share, end before they connect by another protocol than HTTP (Strayed), all others can be ended where
// libcurl waits inside a step (SetStopping), and LDAP's sockets are closed once. The cell is at rest.
func (c Cell) GuardSockets() {
	if c.p.guarded == 0 {
		C.gocurl_cell_guard(c.p)
	}
}

// Talk says that the next transfer is by another protocol than HTTP. The cell is at rest.
func (c Cell) Talk() { C.gocurl_cell_talk(c.p) }

// Strayed says that the last transfer was kept from leaving HTTP.
func (c Cell) Strayed() bool { return c.p.strayed != 0 }
