package state

// Op is an operation on a handle.
type Op uint8

const (
	Set Op = iota
	SetLive
	Reset
	Clone

	Info
	Headers

	Perform
	Upkeep
	Send
	Recv

	Pause
	Resume
	Cancel
	Close

	Attach
	Detach
	CloseShare
)

// Ops is the number of operations: range over it to see each of them.
const Ops = Op(len(ops))

// ops names each operation, what it stands for, and why its row is as it is.
var ops = [...]struct{ name, covers, why string }{
	Set: {"Set", "Set and Unset, when any option of the batch is read only at the start of a transfer",
		"In flight the option would act on some later transfer or corrupt this one. " +
			"Inside a nested callback libcurl may be half-way through changing that very option, or hold a share's lock."},
	SetLive: {"SetLive", "Set and Unset, when libcurl re-reads every option of the batch while it transfers",
		"As Set; but during the transfer's own callback the transfer stands still, so there the change is safe and takes effect."},
	Reset: {"Reset", "",
		"libcurl either ignores a reset inside a callback of the handle or is corrupted by it, so there it is deferred until the transfer is over. " +
			"Elsewhere in flight it is refused: options set soon afterwards could be wiped by it, or not. " +
			"So it is in a callback of the driver that keeps the handle's open connection."},
	Clone: {"Clone", "",
		"Options are copied one by one, safe at rest and during the transfer's own callback; otherwise another thread may be using them."},
	Info: {"Info", "",
		"Reads plain values and fires no callback: possible from everywhere as long as libcurl's object is the user's."},
	Headers: {"Headers", "",
		"As Info."},
	Perform: {"Perform", "",
		"Waits for the end of a transfer, which cannot come while the caller holds up a callback of the driver that must run it. " +
			"Inside a callback of another driver it works, and holds up that driver only."},
	Upkeep: {"Upkeep", "",
		"Runs over all connections of the driver, which libcurl allows only while none of its calls is in progress there."},
	Send: {"Send", "",
		"Needs the open connection of a connect-only transfer. Waits like Perform, and is refused like it."},
	Recv: {"Recv", "",
		"As Send."},
	Pause: {"Pause", "",
		"Resuming flushes held-back data into the write callback, and two threads must never do that to one driver: " +
			"the wish is recorded, the last one wins, and the driver carries it out with no callback in progress. " +
			"Inside event callbacks libcurl forbids it."},
	Resume: {"Resume", "",
		"As Pause."},
	Cancel: {"Cancel", "Cancel, and the end of a context",
		"A context can end anywhere and cannot be refused. Without a transfer there is nothing left to stop."},
	Close: {"Close", "",
		"Always accepted, never waits. libcurl's object is freed where no call of libcurl's on it, or on its driver, is in progress. " +
			"A second Close changes nothing."},
	Attach: {"Attach", "Attach of a share or an Engine, with the handle as its argument",
		"What is shared takes the place of what the handle has, which a transfer uses all the time; libcurl refuses the change while there is a connection. " +
			"A resting handle can change, unless a call on it is half done."},
	Detach: {"Detach", "Detach of a share or an Engine, with the handle as its argument",
		"As Attach."},
	CloseShare: {"CloseShare", "Close of a share: idle without members, attached with some, in flight while one is in use, connected while one keeps a connection",
		"Detaches all members, or none: it is refused while a single one cannot be detached, wherever the call is made. " +
			"A second Close changes nothing."},
}

func (o Op) String() string {
	if o < Ops {
		return ops[o].name
	}
	return nameOf(nil, "Op", uint8(o))
}
