package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refusedFor is what a user sees of a verdict.
func refusedFor(reason error) error { return &curl.StateError{Op: "test", Reason: reason} }

// tell makes a call of the ledger's handle come to err, nothing else being in progress.
func tell(l *ledger, op state.Op, err error) bool {
	_, ok := l.end(l.begin(op, at(state.Outside), nil, 0), err)
	return ok
}

func TestTheModelKnowsAHandleThatOneCallsExactly(t *testing.T) {
	l := newLedger()
	failed := errors.New("the transfer failed")
	for i, step := range []struct {
		op   state.Op
		err  error
		ok   bool
		rest stateSet
	}{
		{state.Set, nil, true, isIdle},
		{state.Set, refusedFor(curl.ErrBusy), false, isIdle},
		{state.Recv, nil, false, isIdle},
		{state.Recv, refusedFor(curl.ErrNotConnected), true, isIdle},
		{state.Perform, failed, true, isIdle},
		{state.Perform, refusedFor(curl.ErrBusy), false, isIdle},
		{state.Pause, refusedFor(curl.ErrNotInFlight), true, isIdle},
		{state.Pause, nil, false, isIdle},
		{state.Info, refusedFor(curl.ErrClosed), false, isIdle},
		{state.Close, nil, true, isGone},
		{state.Close, nil, true, isGone},
		{state.Info, nil, false, isGone},
		{state.Info, refusedFor(curl.ErrClosed), true, isGone},
		{state.Perform, failed, false, isGone},
		{state.Perform, refusedFor(curl.ErrClosed), true, isGone},
	} {
		if ok := tell(l, step.op, step.err); ok != step.ok || l.rest != step.rest {
			t.Errorf("step %d, %v: %v: ok %v, then %v; want %v, %v", i, step.op, step.err, ok, l.rest, step.ok, step.rest)
		}
	}
}

func TestTheModelKnowsConnections(t *testing.T) {
	l := newLedger()
	l.success = isConnected
	tell(l, state.Perform, nil)
	if !tell(l, state.Recv, nil) || tell(l, state.Attach, nil) || tell(l, state.Recv, refusedFor(curl.ErrNotConnected)) {
		t.Error("a handle that has connected is not taken for one")
	}
	add := l.begin(state.Add, at(state.Outside), nil, 0)
	if !tell(l, state.Attach, nil) {
		t.Error("an Add that finds its multi closed is not known to have given up the connection already")
	}
	l.end(add, errUnjudged)
	send := l.begin(state.Send, at(state.Outside), nil, 0)
	l.end(l.begin(state.Reset, at(state.OwnCallback), send, 0), nil) // comes when send is over
	l.end(send, nil)
	if !tell(l, state.Recv, refusedFor(curl.ErrNotConnected)) {
		t.Error("a handle that was reset in a callback of Send is still taken for a connected one")
	}
	tell(l, state.Perform, nil)
	if tell(l, state.Reset, nil); l.rest != isIdle {
		t.Errorf("after a reset it is %v", l.rest)
	}
	l.changing(isConnected) // somebody else has set options, or not
	if tell(l, state.Perform, nil); l.rest != isIdle|isConnected {
		t.Errorf("it is %v", l.rest)
	}
	if tell(l, state.Recv, refusedFor(curl.ErrNotConnected)); l.rest != isIdle {
		t.Errorf("its answer said that it is idle; it is taken for %v", l.rest)
	}
}

func TestTheModelAllowsWhatOtherCallsExplain(t *testing.T) {
	l := newLedger()
	perform := l.begin(state.Perform, at(state.Outside), nil, 0)
	if !tell(l, state.Set, nil) || !tell(l, state.Set, refusedFor(curl.ErrBusy)) || !tell(l, state.Pause, nil) {
		t.Error("a transfer may be running, or not")
	}
	if tell(l, state.Set, refusedFor(curl.ErrClosed)) || tell(l, state.Set, refusedFor(curl.ErrInCallback)) || tell(l, state.Recv, nil) {
		t.Error("nobody has closed the handle, nor is there a callback or a connection")
	}
	late := l.begin(state.Info, at(state.Outside), nil, 0)
	if _, ok := l.end(perform, nil); !ok {
		t.Error("the transfer itself cannot have been busy with itself")
	}
	closing := l.begin(state.Close, at(state.Outside), nil, 0)
	if _, ok := l.end(late, refusedFor(curl.ErrClosed)); !ok {
		t.Error("the handle may have been closed already")
	}
	l.end(closing, nil)
	if tell(l, state.Info, nil) {
		t.Error("the handle is closed for good")
	}
}

func TestTheModelLearnsNothingFromACallBesideAnother(t *testing.T) {
	l := newLedger()
	l.rest = isIdle | isConnected
	set := l.begin(state.Set, at(state.Outside), nil, 0)
	if !tell(l, state.Attach, refusedFor(curl.ErrBusy)) || l.rest != isIdle|isConnected {
		t.Errorf("the Set explains that Attach was busy, and no connection need be there; the handle is taken for %v", l.rest)
	}
	l.end(set, nil)
	if !tell(l, state.Attach, refusedFor(curl.ErrBusy)) || l.rest != isConnected {
		t.Errorf("only a connection explains that Attach was busy; the handle is taken for %v", l.rest)
	}
}

func TestTheModelKnowsTheOwnCallback(t *testing.T) {
	for _, test := range []struct {
		op  state.Op
		err error
		ok  bool
	}{
		{state.SetLive, nil, true}, {state.SetLive, refusedFor(curl.ErrBusy), false},
		{state.Set, refusedFor(curl.ErrBusy), true}, {state.Set, nil, false},
		{state.Perform, refusedFor(curl.ErrInCallback), true}, {state.Perform, refusedFor(curl.ErrBusy), false},
		{state.Pause, nil, true}, {state.Pause, refusedFor(curl.ErrNotInFlight), false},
	} {
		l := newLedger()
		perform := l.begin(state.Perform, at(state.Outside), nil, 0)
		call := l.begin(test.op, whileRunning.sits, perform, whileRunning.only)
		if possible, ok := l.end(call, test.err); ok != test.ok {
			t.Errorf("%v: %v: ok %v; the table says %v", test.op, test.err, ok, possible)
		}
		if _, ok := l.end(perform, nil); !ok || l.rest != isIdle {
			t.Errorf("after the transfer: ok %v, %v", ok, l.rest)
		}
	}
}

// TestTheModelCatchesEveryWrongVerdict has a handle give its answers in states that are easy to bring about, and spoils
// the cell of the table that each comes from.
func TestTheModelCatchesEveryWrongVerdict(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	scenes := map[string]func(h *curl.Easy, l *ledger, look func()){
		"idle": func(h *curl.Easy, l *ledger, look func()) { look() },
		"connected": func(h *curl.Easy, l *ledger, look func()) {
			if err := h.Set(opt.ConnectOnly(opt.ConnectOnlyTransport)); err != nil {
				t.Fatal(err)
			}
			l.success = isConnected
			tell(l, state.Perform, h.Perform(context.Background()))
			look()
		},
		"closed": func(h *curl.Easy, l *ledger, look func()) {
			tell(l, state.Close, h.Close())
			look()
		},
		"own callback": func(h *curl.Easy, l *ledger, look func()) {
			if err := h.Set(opt.WriteFunction(func([]byte) error { look(); return nil })); err != nil {
				t.Fatal(err)
			}
			perform := l.begin(state.Perform, at(state.Outside), nil, 0)
			l.end(perform, h.Perform(context.Background()))
		},
	}
	for name, scene := range scenes {
		for op, call := range stateCalls {
			if op == state.Remove || op == state.Headers && olderThan(t, 0x075300) {
				continue // refused before the table is asked: the handle is a member of nothing, libcurl has no headers
			}
			for spoiler, decide := range map[string]decider{"right": state.Decide, "opposite": opposite, "another refusal": anotherRefusal} {
				h, l := stateEasy(t, opt.URL(s.URL("/"))), newLedger()
				sits, only := at(state.Outside), stateSet(0)
				if name == "own callback" {
					sits, only = whileRunning.sits, whileRunning.only
				}
				looked := false
				scene(h, l, func() {
					looked = true
					l.decide = decide
					in := l.begin(op, sits, nil, only)
					err := call(h)
					possible, ok := l.end(in, err)
					if want := spoiler == "right" || spoiler == "another refusal" && reasonOf(err) == nil; ok != want {
						t.Errorf("%v, %s, with a table that is %s: %v passes: %v; it says %v", op, name, spoiler, err, ok, possible)
					}
				})
				if !looked {
					t.Errorf("%s never came", name)
				}
				h.Close()
			}
		}
	}
}

type decider = func(state.Op, state.State, state.Situation) state.Verdict

// opposite is a table that accepts what the real one refuses.
func opposite(op state.Op, st state.State, sit state.Situation) state.Verdict {
	if state.Decide(op, st, sit).Accepted() {
		return state.Busy
	}
	return state.Do
}

// anotherRefusal is a table that refuses for another reason than the real one.
func anotherRefusal(op state.Op, st state.State, sit state.Situation) state.Verdict {
	switch v := state.Decide(op, st, sit); v {
	case state.Busy:
		return state.InCallback
	case state.InCallback, state.ClosedHandle, state.NotConnected, state.NotInFlight, state.NotAdded:
		return state.Busy
	default:
		return v
	}
}
