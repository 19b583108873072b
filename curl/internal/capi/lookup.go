//go:build cgo

package capi

// #include "lookup.h"
import "C"

// CountLookups has the threads counted with which libcurl resolves names. The Library's loader calls it before there is
// a handle.
func (Library) CountLookups() { C.gocurl_lookup_count() }

// CountsLookups says whether they are.
func CountsLookups() bool { return C.gocurl_lookup_counted() != 0 }

// LookupRoom takes room for one more of them; false: there is none now. Only where they are counted.
func LookupRoom() bool { return C.gocurl_lookup_room() != 0 }
