package driver

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestTurnsAreBounded: no more leaders have turns at once than there are slots, everybody gets one, and in the end all
// slots are free.
func TestTurnsAreBounded(t *testing.T) {
	turns := newTurns(2 * runtime.GOMAXPROCS(0))
	var inside, most atomic.Int32
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			m := turn{slot: turns.somewhere()}
			for range 200 {
				turns.take(&m)
				if n := inside.Add(1); n > most.Load() {
					most.Store(n)
				}
				runtime.Gosched()
				inside.Add(-1)
				turns.give(&m)
			}
		})
	}
	all.Wait()
	if n := int(most.Load()); n > len(turns.slots) {
		t.Errorf("%d turns at once on %d slots", n, len(turns.slots))
	}
	var m turn
	for range turns.slots {
		if m.n = 0; !turns.try(&m) {
			t.Error("a slot is still taken")
		}
	}
}

// queued returns turns that all have holders, and one who queues.
func queued(t *testing.T) (turns *turns, holders []turn, served <-chan struct{}) {
	turns = newTurns(2 * runtime.GOMAXPROCS(0))
	turns.watched = true // no look but the test's own
	holders = make([]turn, len(turns.slots))
	for i := range holders {
		turns.take(&holders[i])
	}
	done, waiter := make(chan struct{}), &turn{ready: make(chan struct{}, 1)}
	turns.mu.Lock()
	turns.waiting.Add(1)
	turns.push(waiter)
	turns.mu.Unlock()
	go func() {
		<-waiter.ready
		close(done)
	}()
	return turns, holders, done
}

// looks has the turns looked at so often, and says whether the queue was served.
func looks(turns *turns, times int, between func()) bool {
	turns.mu.Lock()
	defer turns.mu.Unlock()
	for range times {
		between()
		turns.takeAway(turns.lasting())
	}
	turns.serve()
	return turns.first == nil
}

func TestLastingTurnsAreTakenAway(t *testing.T) {
	for name, c := range map[string]struct {
		kind  uint64
		times int
	}{"step": {working, lastingStep + 1}, "callback": {calling, lastingCallback + 1}} {
		t.Run(name, func(t *testing.T) {
			turns, holders, served := queued(t)
			for i := range holders {
				turns.change(&holders[i], c.kind)
			}
			if looks(turns, c.times-1, func() {}) {
				t.Fatal("taken away too early")
			}
			if !looks(turns, 1, func() {}) {
				t.Fatal("not taken away")
			}
			<-served
			for i := range holders {
				if turns.change(&holders[i], working) || holders[i].n != 0 {
					t.Error("a holder still has its turn")
				}
			}
		})
	}
}

// TestLongTurnsStayWhileOthersGetOn: a crowd of short steps that share few processors is no reason for more threads.
func TestLongTurnsStayWhileOthersGetOn(t *testing.T) {
	turns, holders, served := queued(t)
	moving := runtime.GOMAXPROCS(0)
	if looks(turns, 5*lastingStep, func() {
		for i := range moving {
			turns.change(&holders[i], working)
		}
	}) {
		t.Fatal("taken away")
	}
	turns.give(&holders[moving]) // also after all those looks
	<-served
}

// TestHolderWaitsForTheQueue: who has a turn may wait for somebody who waits for one. Real looks end that.
func TestHolderWaitsForTheQueue(t *testing.T) {
	turns := newTurns(2)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var all sync.WaitGroup
	others := make(chan struct{})
	for range turns.slots {
		var m turn
		turns.take(&m)
		all.Go(func() {
			<-others
			turns.give(&m)
		})
	}
	go func() {
		var m turn
		turns.take(&m)
		turns.give(&m)
		close(others)
	}()
	hangs := time.AfterFunc(10*time.Second, func() { panic("the queue does not move") })
	defer hangs.Stop()
	all.Wait()
}

func BenchmarkTurn(b *testing.B) {
	var m turn
	for b.Loop() {
		steps.take(&m)
		steps.give(&m)
	}
}

// TestCallbacksAreToldOfWhileSomebodyQueues, and for a while after that.
func TestCallbacksAreToldOfWhileSomebodyQueues(t *testing.T) {
	turns, holders, served := queued(t)
	turns.calming = true // calm comes when the test says so
	var late turn
	if turns.closely.Load() {
		t.Fatal("the test's own queue does not go through take")
	}
	taken := make(chan struct{})
	go func() {
		turns.take(&late)
		close(taken)
	}()
	for !turns.closely.Load() {
		runtime.Gosched()
	}
	turns.give(&holders[0])
	turns.give(&holders[1])
	<-served
	<-taken
	turns.calm() // somebody has queued since it was asked for
	if !turns.closely.Load() {
		t.Error("callbacks are not told of any more, just after somebody has queued")
	}
	turns.calm()
	if turns.closely.Load() {
		t.Error("callbacks are told of for good")
	}
}

func TestALostTurnIsNoticed(t *testing.T) {
	turns, holders, served := queued(t)
	if !turns.holds(&holders[0]) {
		t.Error("a holder does not have its turn")
	}
	if !looks(turns, lastingStep+1, func() {}) {
		t.Fatal("not taken away")
	}
	<-served
	if turns.holds(&holders[0]) {
		t.Error("a holder has a turn that was taken away")
	}
}
