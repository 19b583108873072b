// Package state holds the one table that says what a call on a handle may do:
// the verdict for every operation, in every state of the handle, from every
// place a caller can stand in. The runtime asks it before each call, the tests
// walk all of it, and curl/STATES.md prints it. It knows nothing of libcurl's
// versions, of time or of threads: the same three words always give the same
// verdict.
//
// What lives here: the words ([Op], [State], [Situation], [Verdict]), the table
// (table.go), [Decide] and [Markdown]. What must not: C, locks, goroutines, the
// errors that users see (package curl turns a refusal into one), and anything
// that imports more than the standard library.
//
// # How the situation is found
//
// The runtime keeps, for each thread, the list of callbacks that it stands in.
// An entry names the driver, the handle, and what fired the callback: a step of
// the transfer, the event engine (socket, timer, notify), or some other call on
// the handle. The situation is measured from the handle that the call is made
// on, and from its driver: the one its transfer runs on or, while it rests, the
// one that its next Perform would use. Each entry gives
//
//	fired by a call on this handle (Set, Clone, Send, Close ...)  NestedCallback
//	fired by this handle's transfer                               OwnCallback
//	an event callback of this handle's driver                     EventCallback
//	of another handle, or of none, on this handle's driver        SiblingCallback
//	anything else                                                 ForeignCallback
//
// and an empty list gives Outside. Of several entries, at whatever depth, the
// greatest counts, so the builtin max combines them: when A's callback performs
// B and B's callback calls A, that call stands in A's own callback. A callback
// that a shared driver hands to the goroutine that waits is entered in the list
// of that goroutine's thread, and so leads to the same verdict.
//
// A handle with a driver of its own has no siblings: from its point of view the
// callbacks of all other handles are foreign, which is why it can be performed
// inside any of them. A handle that would run on the very driver whose callback
// is in progress cannot: the wait would never end.
//
// # What the runtime owes the table
//
//   - Decide is asked, and the change of state that follows from its answer is
//     made, under the lock that guards the state.
//   - A state is left only by a call or by the end of the transfer. Attached
//     means that nobody has asked the multi to run the handle; adding it to one
//     that is running makes it InFlight at once.
//   - While a handle is Attached or Done, its C handle is in no libcurl multi: it
//     goes in when the transfer starts and comes out before it counts as Done.
//     So no other thread is inside libcurl with it, and Do is safe. A Connected
//     one stays in, because libcurl closes its connection on removal.
//   - While one callback of a transfer is in progress, no other thread is inside
//     libcurl with that transfer.
//   - Do on a resting handle waits for no transfer and no driver, only for another
//     short call on the same handle.
//   - Close makes the handle Draining before it returns, unless its verdict is Do
//     or Noop. A deferred Close or Reset is carried out once, however often it
//     was asked for.
//
// # Adding operations
//
// An operation of another object (multi, share, URL, MIME, WebSocket) is a
// constant and a line in op.go and a row in table.go; the walk in the tests, and
// the printed page, take it up by themselves. Its state is that of the handle it
// is about, or of the object read in the same words: a share is Idle without
// members, Attached with some, InFlight while one of them is. A multi is Idle
// without members, Attached with some, and InFlight while a call that drives it
// (Perform, SocketAction, Poll) is in progress; its situation is measured from its
// driver, where a member's callback is a SiblingCallback. A URL is Idle while it is attached to no handle, Attached while
// it is, InFlight while one of its handles is.
package state
