package state

// Verdict is the table's answer. Its zero value is no answer, and refuses.
type Verdict uint8

const (
	undefined Verdict = iota

	Do
	Queue
	Defer
	Noop

	Busy
	InCallback
	ClosedHandle
	NotConnected
	NotInFlight
	NotAdded
)

// Verdicts is one more than the greatest verdict.
const Verdicts = Verdict(len(verdicts))

var verdicts = [...]term{
	undefined:    {"undefined", "no verdict"},
	Do:           {"do", "carried out now, on the caller's goroutine"},
	Queue:        {"queue", "accepted and carried out by the driver at its next step; the call returns at once"},
	Defer:        {"defer", "accepted and carried out after the callback in progress (Reset: when the transfer is over); the call returns at once"},
	Noop:         {"no-op", "already so; nothing is done and there is no error"},
	Busy:         {"busy", "refused: a transfer, its connection or a multi has the handle; wait for the end of the first, give up the second, or remove it from the third"},
	InCallback:   {"in callback", "refused: not from inside this callback; return from it first, or use another goroutine that it does not wait for"},
	ClosedHandle: {"closed", "refused: the handle has been closed; make a new one"},
	NotConnected: {"not connected", "refused: there is no connection to use; perform a connect-only transfer first"},
	NotInFlight:  {"not in flight", "refused: there is no running transfer to pause or resume, or to ask about"},
	NotAdded:     {"not added", "refused: the handle is not a member of the multi"},
}

// Accepted reports whether the call goes ahead, now or later.
func (v Verdict) Accepted() bool { return v >= Do && v <= Noop }

func (v Verdict) String() string { return nameOf(verdicts[:], "Verdict", uint8(v)) }
