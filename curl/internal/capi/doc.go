// Package capi is the only package of gocurl that uses cgo: everything that names a C symbol lives here.
//
// Written by hand: cells (an easy handle and the memory libcurl borrows for it), drivers (a multi handle and what it takes to
// wait for it), frames (which callbacks stand on a thread's stack), shares (a share handle with its locks), the sinks that
// keep libcurl off C's standard streams, what servers do that libcurl does not come out of (sockets.h, meter.h, ending.h,
// goodbye.h), the loader, and what TLS libraries and releases of old need from a program with threads (tls_*.c, inside.h).
// Generated (prefix z): libcurl's declarations, the function table, and a trampoline for every callback option.
//
// Nothing here decides anything: no locks but those of shares and of TLS libraries, no states, no policy. The callers in
// gocurl/curl hold the right lock and have asked the state table. Only Go types cross this package's border; C's exported
// names start with gocurl, as they are global in the user's program.
package capi
