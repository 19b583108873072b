//go:build cgo

package capi

// #include "cell.h"
// #include "ldap.h"
import "C"

// LDAP says that the cell is ready for a transfer in that protocol.
func (c Cell) LDAP() bool { return c.p.ldap != 0 }

// SetLDAP gets it ready for one, or for others again.
func (c Cell) SetLDAP(on bool) { C.gocurl_cell_ldap(c.p, flag(on)) }
