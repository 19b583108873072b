package state

// Op is an operation on a handle, or on a multi.
type Op uint8

const (
	Set Op = iota
	SetLive
	Reset
	Clone

	Info
	InfoTLS
	Headers

	Perform
	Open
	Read
	Upkeep
	Sessions
	Send
	Recv
	WSSend
	WSRecv
	WSMeta
	WSStartFrame

	Pause
	Resume
	Cancel
	Close

	Attach
	Detach
	CloseShare

	Add
	Remove

	MultiStep
	MultiWait
	MultiSet
	MultiAsk
	MultiMembers
	MultiMessages
	MultiClose

	URLRead
	URLSet
	URLClose
)

// Ops is the number of operations: range over it to see each of them.
const Ops = Op(len(ops))

// OfMulti says that the operation's state is that of a multi: idle without members, attached with some, in flight while
// one of the calls that drive it is in progress.
func (o Op) OfMulti() bool { return o >= MultiStep && o <= MultiClose }

// OfURL says that the operation's state is that of a URL: idle while it is attached to no handle, attached while it is, in
// flight while one of them is.
func (o Op) OfURL() bool { return o >= URLRead && o <= URLClose }

// OfHandle says that the operation is about a handle.
func (o Op) OfHandle() bool { return !o.OfMulti() && !o.OfURL() }

// ops names each operation, what it stands for, and why its row is as it is.
var ops = [...]struct{ name, covers, why string }{
	Set: {"Set", "SetMIME, SetURL, and Set and Unset when any option of the batch is read only at the start of a transfer",
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
	InfoTLS: {"InfoTLS", "Info of TLSPointer and TLSContext",
		"The answer is a pointer into the TLS library. In a callback of the transfer the connection stands still; " +
			"anywhere else in flight it could be gone before the answer arrives. At rest it lives until the handle is used again."},
	Headers: {"Headers", "",
		"As Info."},
	Perform: {"Perform", "",
		"Waits for the end of a transfer, which cannot come while the caller holds up a callback of the driver that must run it. " +
			"Inside a callback of another driver it works, and holds up that driver only."},
	Open: {"Open", "",
		"As Perform. The transfer that it begins is in flight until its body is closed, or read to its end."},
	Read: {"Read", "Read and WriteTo of a body whose transfer is not over",
		"Runs the transfer, and waits for it like Perform; where Perform cannot wait neither can this. Without a transfer it says how that ended."},
	Upkeep: {"Upkeep", "",
		"Runs over all connections of the driver, which libcurl allows only while none of its calls is in progress there."},
	Sessions: {"Sessions", "ExportTLSSessions and ImportTLSSessions",
		"As Upkeep: libcurl allows it only while none of its calls is in progress on the handle or its driver, which has the sessions."},
	Send: {"Send", "",
		"Needs the open connection of a connect-only transfer. Waits like Perform, and is refused like it."},
	Recv: {"Recv", "",
		"As Send."},
	WSSend: {"WSSend", "",
		"As Send. During the transfer's own callback libcurl sends at once, and there that is the way to answer."},
	WSRecv: {"WSRecv", "",
		"As Recv. Without a connect-only transfer libcurl hands the frames to the write function."},
	WSMeta: {"WSMeta", "",
		"Tells of the frame that the write function is called with, so there is an answer during the transfer's own callback only."},
	WSStartFrame: {"WSStartFrame", "",
		"Begins the frame whose data the read function is about to return, so it is for that callback only."},
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
	Add: {"Add", "Multi.Add, seen from the handle; see MultiMembers too",
		"Only makes the handle a member; libcurl hears of it with the next step. A handle is in one multi at most."},
	Remove: {"Remove", "Multi.Remove, seen from the handle; see MultiMembers too",
		"At rest a member is only struck off the list. In flight its transfer ends without a message, which is done at once unless a callback of the multi is in progress."},
	MultiStep: {"Perform", "Multi.Perform, SocketAction and SocketAll",
		"libcurl can be inside a multi once only. While another goroutine drives it, that is a mistake in the program, and refused. " +
			"While only a short call such as Add or Resume of another goroutine is in one of its callbacks, that one carries the step out as well."},
	MultiWait: {"Poll", "Multi.Poll and Wait",
		"Takes a context, and so may wait for its turn. Inside a callback of the multi the turn would never come."},
	MultiSet: {"Set", "Multi.Set, Timeout and WaitFDs",
		"Refused by libcurl while one of its calls is in progress on the multi, and the result has to be told at once."},
	MultiAsk: {"Assign", "Multi.Assign, Count, NotifyEnable, NotifyDisable and Wakeup",
		"Reads or writes plain values and fires no callback: possible from everywhere."},
	MultiMembers: {"AddRemove", "Multi.Add and Remove, seen from the multi",
		"libcurl forbids both in callbacks: there the list of members changes at once, and libcurl hears of it after the callback."},
	MultiMessages: {"InfoRead", "Multi.InfoRead, Messages and Handles",
		"Messages are kept on our side, so that they can be read anywhere, and after Close too."},
	MultiClose: {"Close", "Multi.Close",
		"Always accepted, never waits. All members are removed; libcurl's object is freed where no call of libcurl's on it is in progress."},
	URLRead: {"Get", "URL.Get, Has, Parts, String, NetURL and Clone",
		"Reads what nothing but a change of the URL can change: possible from everywhere."},
	URLSet: {"Set", "URL.Set, Unset and Parse",
		"A transfer goes to the URL as it was when it began: a change would come too late, and nobody would notice. So it is refused, wherever the call is made."},
	URLClose: {"Close", "URL.Close",
		"Detaches the URL from all handles, or does nothing: it is refused while one of them has a transfer. A second Close changes nothing."},
}

func (o Op) String() string {
	if o < Ops {
		return ops[o].name
	}
	return nameOf(nil, "Op", uint8(o))
}
