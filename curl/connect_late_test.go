package curl

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A Send that has begun on one connection does not go on with the next one of its handle, whose peer would take the rest
// for the beginning; nor does a Recv.
func TestACallStaysWithItsConnection(t *testing.T) {
	s := testserver.NewScript(t, testserver.Script{testserver.Drain()}, testserver.Script{testserver.Expect("again"), testserver.Drain()})
	e := lifecycleEasy(t, opt.URL("http://"+s.Addr()), opt.ConnectOnly(opt.ConnectOnlyTransport), opt.NoProxy("*"))
	if err := e.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	send := attempt{e: e, op: state.Send, method: "Send", p: []byte("first")}
	recv := attempt{e: e, op: state.Recv, method: "Recv", p: make([]byte, 1)}
	send.try(t.Context())
	recv.try(t.Context())
	if err := e.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, a := range []*attempt{&send, &recv} {
		a.done = false
		if a.try(t.Context()); !a.done || !errors.Is(a.err, ErrNotConnected) {
			t.Errorf("%v goes on: done %t, %v", a.op, a.done, a.err)
		}
	}
	if _, err := e.Send(t.Context(), []byte("again\n")); err != nil {
		t.Error(err)
	}
}
