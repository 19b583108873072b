package curl_test

import (
	"errors"
	"strings"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// stateSet is a set of states that a handle can be in. calling is no state: another call on the handle may be inside
// libcurl, and in a callback.
type stateSet uint16

const calling = stateSet(1) << state.States

func oneOf(states ...state.State) (set stateSet) {
	for _, st := range states {
		set |= 1 << st
	}
	return set
}

var (
	isIdle      = oneOf(state.Idle)
	isInFlight  = oneOf(state.InFlight)
	isConnected = oneOf(state.Connected)
	inMulti     = oneOf(state.Attached, state.InFlight, state.Done, state.Connected) // a member
	isGone      = oneOf(state.Draining, state.Closed)
)

func (set stateSet) has(st state.State) bool { return set&(1<<st) != 0 }

func (set stateSet) String() string {
	var names []string
	for st := range state.States {
		if set.has(st) {
			names = append(names, st.String())
		}
	}
	if set&calling != 0 {
		names = append(names, "in another call")
	}
	return strings.Join(names, " or ")
}

// sitSet is a set of situations that a caller can be in.
type sitSet uint8

func at(situations ...state.Situation) (set sitSet) {
	for _, sit := range situations {
		set |= 1 << sit
	}
	return set
}

var anywhere = sitSet(1<<state.Situations - 1)

// String names the situations.
func (set sitSet) String() string {
	var names []string
	for sit := range state.Situations {
		if set&(1<<sit) != 0 {
			names = append(names, sit.String())
		}
	}
	return strings.Join(names, " or ")
}

// verdictSet is a set of verdicts.
type verdictSet uint16

func (set verdictSet) String() string {
	var names []string
	for v := range state.Verdicts {
		if set&(1<<v) != 0 {
			names = append(names, v.String())
		}
	}
	return strings.Join(names, " or ")
}

// model says which answers a call may get. The table is a field so that a test can spoil it.
type model struct {
	decide func(state.Op, state.State, state.Situation) state.Verdict
}

// verdicts is what the table says in any of the states and situations.
func (m model) verdicts(op state.Op, states stateSet, sits sitSet) (set verdictSet) {
	for sit := range state.Situations {
		if sits&(1<<sit) == 0 {
			continue
		}
		for st := range state.States {
			if states.has(st) {
				set |= 1 << m.decide(op, st, sit)
			}
		}
		switch { // handle.decide
		case states&calling == 0 || op == state.Pause || op == state.Resume || op == state.Cancel:
		case op == state.Close:
			set |= 1 << m.decide(op, state.Idle, state.NestedCallback)
		default:
			set |= 1 << m.decide(op, state.InFlight, sit)
		}
	}
	return set
}

// answers says whether the error of a call is how a user sees the verdict.
func answers(v state.Verdict, err error) bool {
	reason := reasonOf(err)
	if v.Accepted() {
		return reason == nil
	}
	return reason != nil && reason == refusals[v]
}

// reasonOf is why the table refused a call, nil when it did not: what an accepted call came to is another matter.
func reasonOf(err error) error {
	if refused := (*curl.StateError)(nil); errors.As(err, &refused) {
		for _, reason := range refusals {
			if refused.Reason == reason {
				return reason
			}
		}
	}
	return nil
}

// errUnjudged is the answer of a call that did not come to the table.
var errUnjudged = errors.New("this says nothing about the state of the handle")

// ledger knows what a handle may be doing: exactly, while one call at a time is made on it, and as a set of states, while
// several are.
type ledger struct {
	model

	mu      sync.Mutex
	rest    stateSet // what it can be in, apart from what calls in progress make of it
	success stateSet // what a transfer that ends well can leave it in
	resets  int      // how many resets were deferred
	member  bool     // it may be one of a multi, which others drive
	held    bool     // a transfer that runs between calls, as that of a body does, ends by a call on the handle alone
	running map[*watched]struct{}
}

// watched is a call in progress.
type watched struct {
	op     state.Op
	sits   sitSet
	seen   stateSet // all that the handle can have been in since the call began
	visits stateSet // what the call itself can make of it meanwhile
	within *watched // the call that has entered the callback which makes this one
	only   stateSet // 0, or what the situation leaves of seen
	reset  bool     // a callback of it has reset the handle, which happens when it is over
	beside bool     // another call that can change the state, or look like it, was in progress, too
}

func newLedger() *ledger {
	return &ledger{model: model{state.Decide}, rest: isIdle, success: isIdle, running: map[*watched]struct{}{}}
}

// visits is what a call can make of its handle until it returns.
func (l *ledger) visits(op state.Op) stateSet {
	switch op {
	case state.Perform, state.Open:
		return isInFlight | calling | isIdle | l.success
	case state.Close:
		return isGone | calling
	case state.Reset:
		return isIdle | calling
	case state.Add:
		if l.rest.has(state.Connected) { // which it gives up before it can be refused
			return inMulti | calling | isIdle
		}
		return inMulti | calling
	case state.Remove:
		return isIdle | calling
	case state.Set, state.SetLive, state.Clone, state.Upkeep, state.Sessions, state.Send, state.Recv, state.WSSend, state.WSRecv, state.Attach, state.Detach:
		return calling
	}
	return 0
}

// begin comes before a call.
func (l *ledger) begin(op state.Op, sits sitSet, within *watched, only stateSet) *watched {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := &watched{op: op, sits: sits, visits: l.visits(op), within: within, only: only}
	l.running[w] = struct{}{}
	l.look()
	return w
}

// look has every call in progress see what the others make of the handle.
func (l *ledger) look() {
	if !l.held {
		l.rest = l.slipped(l.rest)
	}
	for w := range l.running {
		w.seen |= l.rest
		for other := range l.running {
			if other != w && !other.inside(w) {
				w.seen |= other.visits
				w.beside = w.beside || other.visits != 0 && !w.inside(other)
			}
		}
	}
}

// states is what the handle can have been in.
func (w *watched) states() stateSet {
	if w.only != 0 {
		return w.seen & w.only
	}
	return w.seen
}

// inside says that a callback of other makes the call.
func (w *watched) inside(other *watched) bool {
	for ; w != nil; w = w.within {
		if w == other {
			return true
		}
	}
	return false
}

// end comes after the call, with its error. It reports which verdicts were possible, and whether this is one of them.
func (l *ledger) end(w *watched, err error) (possible verdictSet, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.look()
	possible = l.verdicts(w.op, w.states(), w.sits)
	ok = errors.Is(err, errUnjudged)
	for v := range state.Verdicts {
		ok = ok || possible&(1<<v) != 0 && answers(v, err)
	}
	delete(l.running, w)
	l.settle(w, err)
	return possible, ok
}

// settle notes what the call has left the handle in.
func (l *ledger) settle(w *watched, err error) {
	if errors.Is(err, errUnjudged) && w.op != state.Read && w.op != state.Cancel {
		if w.op == state.Add && l.rest.has(state.Connected) {
			l.rest |= isIdle // it has given up the connection before it found that the multi is closed by now
		}
		return
	}
	nested := l.nested(w)
	exact := !w.beside && !nested
	from := l.rest
	if exact && !errors.Is(err, errUnjudged) {
		from = l.narrowed(w, err)
	}
	accepted := reasonOf(err) == nil
	switch {
	case !accepted:
	case w.op == state.Close:
		l.rest = isGone // and nothing leads out of that
		return
	case w.op == state.Perform && err == nil:
		from = l.success
	case w.op == state.Add && err == nil:
		l.member = true
		from = inMulti | isIdle
	case w.op == state.Open && err == nil: // or everything is there already
		from = l.slipped(isInFlight)
	case w.op == state.Read, w.op == state.Cancel:
		from = l.slipped(from)
	case w.op == state.Perform, w.op == state.Open: // which may have ended before it began
		from = isIdle | from&isConnected
	case w.op == state.Reset && nested: // it comes later
		l.success |= isIdle
		l.resets++
		for in := w.within; in != nil; in = in.within {
			in.reset = true
		}
	case w.op == state.Reset: // a member of a multi stays one
		if from.has(state.Connected) {
			from = from&^isConnected | isIdle
		}
		if l.success |= isIdle; exact {
			l.success = isIdle
		}
	}
	if w.reset && from.has(state.Connected) { // a Send, say, was what it waited for
		from |= isIdle
	}
	switch {
	case l.rest&^isGone == 0:
	case exact:
		l.rest = from
	default:
		l.rest |= from
	}
}

// slipped adds what becomes of a transfer that ends meanwhile, and what others can do with a member of a multi.
func (l *ledger) slipped(set stateSet) stateSet {
	if set&^isGone == 0 {
		return set
	}
	if l.member {
		set |= inMulti | isIdle
	}
	if set.has(state.InFlight) {
		set |= isIdle | l.success
	}
	return set
}

// is says what the handle is in for sure: in a multi that nobody else drives, or, when it is idle, in none.
func (l *ledger) is(set stateSet) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rest&^isGone != 0 {
		l.rest, l.member, l.held = set, false, set != isIdle
	}
}

// hold says whether such a transfer can end by itself.
func (l *ledger) hold(yes bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = yes
}

// nested says that the call is made by a callback of a call on the same handle.
func (l *ledger) nested(w *watched) bool {
	for w = w.within; w != nil; w = w.within {
		if _, here := l.running[w]; here {
			return true
		}
	}
	return false
}

// narrowed is what the handle can have been in, seeing that it gave this answer.
func (l *ledger) narrowed(w *watched, err error) (set stateSet) {
	for st := range state.States {
		for sit := range state.Situations {
			if l.rest.has(st) && w.sits&(1<<sit) != 0 && answers(l.decide(w.op, st, sit), err) {
				set |= 1 << st
			}
		}
	}
	if set == 0 {
		return l.rest // another call was inside libcurl, or the answer is wrong
	}
	return set
}

// change is a call in progress that changes what transfers can leave a handle in.
type change struct {
	to, before stateSet
	resets     int
}

// changing comes before such a call: another transfer may begin before its caller can tell that it has worked.
func (l *ledger) changing(to stateSet) change {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := change{to, l.success, l.resets}
	l.success |= to
	return c
}

// changed comes after it, if only this caller has the handle, and nothing is uncertain because of a failure. A reset that
// a callback of the call has asked for comes after the call.
func (l *ledger) changed(c change, accepted bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.resets != c.resets:
	case accepted:
		l.success = c.to
	default:
		l.success = c.before
	}
}

// closed says that the handle has been closed.
func (l *ledger) closed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rest&^isGone == 0
}
