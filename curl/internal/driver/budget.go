package driver

import "runtime"

// The budget of threads. A goroutine that is inside C has a thread of its own, so what is inside C at once is counted:
//
//	steps      transfers that libcurl works on: begin, go on, are taken out, are freed
//	blockers   leaders that wait inside C because an answer will come soon (events), or are about to
//	pollers    leaders that wait inside C because there is nowhere else (polling); a process has one or the other
//
// The rest of Threads is for Go: GOMAXPROCS that run Go code, the runtime's own (its monitor, the poller, idle ones), and
// the calls that are not counted because they are short and come in no crowds of their own: New, Set, Info, Wake. It is
// enough up to a GOMAXPROCS of 12; with more, there are as many threads more as steps grows by.
//
// What is not in the budget: callbacks that block (the user's), libcurl's resolver threads, and whatever blocks inside
// libcurl (turns.go).
const (
	// Threads is how many threads a process has, however many goroutines wait for transfers.
	Threads = 64

	blockers = 8
	pollers  = 32
	minSteps = 16
)

// steps is how many drivers work at once: more than there are processors, for now and then one waits for a disk.
var steps = newTurns(max(minSteps, 2*runtime.GOMAXPROCS(0)))
