package state

// Situation is where the caller stands, seen from the handle that the call is
// made on. The order is from far to near; where several apply, the greatest
// counts. The package comment says how it is found.
type Situation uint8

const (
	Outside Situation = iota
	ForeignCallback
	SiblingCallback
	EventCallback
	OwnCallback
	NestedCallback
)

// Situations is the number of situations: range over it to see each of them.
const Situations = Situation(len(situations))

var situations = [...]term{
	Outside:         {"outside", "in no callback"},
	ForeignCallback: {"foreign callback", "in a callback of a handle on another driver"},
	SiblingCallback: {"sibling callback", "in a callback of another handle on the same driver"},
	EventCallback:   {"event callback", "in a socket, timer or notify callback of the handle's driver"},
	OwnCallback:     {"own callback", "in a callback of the handle's running transfer"},
	NestedCallback:  {"nested callback", "in a callback fired by another call on this handle: Set, Clone, Upkeep, Send, Recv, WSSend, WSRecv or Close"},
}

func (s Situation) String() string { return nameOf(situations[:], "Situation", uint8(s)) }
