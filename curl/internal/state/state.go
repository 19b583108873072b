package state

// State is what a handle is doing, as its user sees it.
type State uint8

const (
	Idle State = iota
	Attached
	InFlight
	Done
	Connected
	Draining
	Closed
)

// States is the number of states: range over it to see each of them.
const States = State(len(states))

var states = [...]term{
	Idle:      {"idle", "no transfer, and part of no multi"},
	Attached:  {"attached", "part of a multi that has not been asked to start it"},
	InFlight:  {"in flight", "its transfer runs, or is paused"},
	Done:      {"done", "its transfer is over, it is still part of the multi"},
	Connected: {"connected", "a connect-only transfer left it a connection to send and receive on"},
	Draining:  {"draining", "closed for the user, libcurl's object is not gone yet"},
	Closed:    {"closed", "closed, libcurl's object is gone"},
}

func (s State) String() string { return nameOf(states[:], "State", uint8(s)) }
