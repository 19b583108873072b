// Package driver runs transfers on a libcurl multi handle: it steps libcurl, waits for its sockets and timer, and
// carries out what other goroutines asked for.
//
// A Driver has one lock, Mu. It is held while libcurl runs and released around every callback (by whoever enters the
// callback) and while the driver waits, but for short waits that Lock ends: of one with many busy transfers, and of one
// that a single goroutine uses (run.go). At most one goroutine, the leader, has libcurl frames of a driver on its stack;
// while a callback has released the lock, others may make leaf calls only, and Post everything else to the leader, who
// does it with none of its frames on the stack.
//
// Being inside C costs a thread, so of all leaders of the process only some are in there at once: each takes a turn for
// its steps (turns.go), and waits in Go's poller (wait.go). budget.go has the figures.
//
// Nothing in here knows about handles, options or states.
package driver
