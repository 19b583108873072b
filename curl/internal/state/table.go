package state

// The table. A row is an operation, a column a state of the handle, and a word
// has one letter per situation of the caller, from far to near:
//
//	ddddCC
//	|||||'- nested callback   fired by another call on this handle
//	||||'-- own callback      of this handle's transfer (without one: as nested)
//	|||'--- event callback    socket, timer or notify, of this handle's driver
//	||'---- sibling callback  of another handle on the same driver
//	|'----- foreign callback  of another driver
//	'------ outside           in no callback
//
// A single letter stands for all six. Small letters accept, capitals refuse:
//
//	d  do it now              B  busy
//	q  queue for the driver   C  in callback
//	a  afterwards (defer)     X  closed
//	=  already so (no-op)     U  unconnected
//	                          R  at rest (not in flight)
//	                          N  no member
//
// A multi is never done or connected, nor is a URL; those columns repeat the one of attached.
var table = [Ops]string{
	//        idle    attached  in flight  done    connected  draining  closed
	Set:      "ddddCC  ddddCC    BBBBBC     ddddCC  ddddCC     X         X",
	SetLive:  "ddddCC  ddddCC    BBBBdC     ddddCC  ddddCC     X         X",
	Reset:    "ddddaa  ddddaa    BBBBaa     ddddaa  ddCCaa     X         X",
	Clone:    "ddddCC  ddddCC    BBBBdC     ddddCC  ddddCC     X         X",
	Info:     "d       d         d          d       d          X         X",
	InfoTLS:  "d       d         BBBBdd     d       d          X         X",
	Headers:  "d       d         d          d       d          X         X",
	Perform:  "ddCCCC  BBCCCC    BBCCCC     BBCCCC  ddCCCC     X         X",
	Open:     "ddCCCC  BBCCCC    BBCCCC     BBCCCC  ddCCCC     X         X",
	Read:     "=       =         ddCCCC     =       =          X         X",
	Upkeep:   "ddCCCC  BBCCCC    BBCCCC     BBCCCC  ddCCCC     X         X",
	Sessions: "ddCCCC  BBCCCC    BBCCCC     BBCCCC  ddCCCC     X         X",
	Send:     "U       U         BBCCCC     U       ddCCCC     X         X",
	Recv:     "U       U         BBCCCC     U       ddCCCC     X         X",
	WSSend:   "U       U         BBCCdC     U       ddCCCC     X         X",
	WSRecv:   "U       U         BBCCCC     U       ddCCCC     X         X",
	WSMeta:   "R       R         BBBBdC     R       R          X         X",
	Pause:    "R       R         qqqCqq     R       R          X         X",
	Resume:   "R       R         qqqCqq     R       R          X         X",
	Cancel:   "=       q         q          =       =          X         X",
	Close:    "ddaaaa  ddaaaa    qqaaaa     ddaaaa  ddaaaa     =         =",
	Attach:   "ddddCC  BBBBCC    BBBBCC     BBBBCC  BBBBCC     X         X",
	Detach:   "ddddCC  BBBBCC    BBBBCC     BBBBCC  BBBBCC     X         X",

	WSStartFrame: "R R BBBBdC R R X X",

	CloseShare: "ddddBB ddddBB B ddddBB B = =",

	Add:    "ddddCC  BBBBCC    BBBBBC     BBBBCC  ddCCCC     X         X",
	Remove: "N       ddddCC    q          ddddCC  q          X         X",

	MultiStep:     "ddCCCC  ddCCCC  BBCCCC  ddCCCC  ddCCCC  X  X",
	MultiWait:     "ddCCCC  ddCCCC  ddCCCC  ddCCCC  ddCCCC  X  X",
	MultiSet:      "ddCCCC  ddCCCC  BBCCCC  ddCCCC  ddCCCC  X  X",
	MultiAsk:      "d       d       d       d       d       X  X",
	MultiMembers:  "ddqqqq  ddqqqq  q       ddqqqq  ddqqqq  X  X",
	MultiMessages: "d       d       d       d       d       d  d",
	MultiClose:    "ddaaaa  ddaaaa  qqaaaa  ddaaaa  ddaaaa  =  =",

	URLRead:  "d  d  d  d  d  X  X",
	URLSet:   "d  d  B  d  d  X  X",
	URLClose: "d  d  B  d  d  =  =",
}

var letters = map[byte]Verdict{
	'd': Do, 'q': Queue, 'a': Defer, '=': Noop,
	'B': Busy, 'C': InCallback, 'X': ClosedHandle, 'U': NotConnected, 'R': NotInFlight, 'N': NotAdded,
}
