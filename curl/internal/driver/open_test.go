package driver

import (
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// crewOf makes a driver that goroutines share, and one that waits on a seat until the test ends.
func crewOf(t *testing.T) (d *Driver, idle *Seat) {
	d = newDriver(t, Config{Polling: !Events})
	d.Share(func() {}, func(code int) { t.Errorf("the driver was lost: %d", code) }, capi.Share{})
	idle = d.NewSeat()
	over := make(chan struct{})
	go func() {
		defer close(over)
		d.Await(idle)
	}()
	t.Cleanup(func() {
		d.Notify(idle, 1)
		<-over
	})
	leads(t, d, idle)
	return d, idle
}

func leader(d *Driver) *Seat {
	d.mail.Lock()
	defer d.mail.Unlock()
	return d.crew.leader
}

// leads waits until the seat leads.
func leads(t *testing.T, d *Driver, s *Seat) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); leader(d) != s; {
		if time.Now().After(end) {
			t.Fatal("the seat never led")
		}
		runtime.Gosched()
	}
}

// round is a transfer of the seat's: it begins, something happens, and it is over. It reports whether the seat led.
func round(d *Driver, s *Seat) (led bool) {
	done := make(chan struct{})
	d.Post(func() { // by whoever leads
		led = leader(d) == s
		go func() {
			d.Notify(s, 1)
			d.Wake()
			close(done)
		}()
	})
	for d.Await(s) == 0 {
	}
	<-done
	return led
}

// TestTheBusyOneLeads: a goroutine that makes one request after the other beside transfers that wait had one of those
// lead, and so two changes of goroutines for each request.
func TestTheBusyOneLeads(t *testing.T) {
	d, idle := crewOf(t)
	busy := d.NewSeat()
	for end := time.Now().Add(10 * time.Second); !round(d, busy); {
		if time.Now().After(end) {
			t.Fatal("one that waits leads all the time")
		}
	}
	// It does not come back: one that waits has to lead.
	leads(t, d, idle)
	if round(d, busy) {
		t.Error("the lead is left open for one who has not come back")
	}
}

// TestSeveralBusyOnesLeaveNothingOpen: the lead is only left open where nobody else can miss it.
func TestSeveralBusyOnesLeaveNothingOpen(t *testing.T) {
	d, _ := crewOf(t)
	one, other := d.NewSeat(), d.NewSeat()
	for end := time.Now().Add(3 * quietFor); time.Now().Before(end); {
		for _, s := range []*Seat{one, other} {
			round(d, s)
			d.mail.Lock()
			led := d.crew.led
			d.mail.Unlock()
			if !led {
				t.Fatal("nobody leads")
			}
		}
	}
}

// TestWhoBeginsToWaitIsBusy: a transfer that has begun tells nobody of its connecting or its redirects, and had the lead taken
// away, so that each of these steps waited for the one that was busy before.
func TestWhoBeginsToWaitIsBusy(t *testing.T) {
	d, _ := crewOf(t)
	busy := d.NewSeat()
	for end := time.Now().Add(10 * time.Second); ; {
		for !round(d, busy) {
			if time.Now().After(end) {
				t.Fatal("one that waits leads all the time")
			}
		}
		fresh, over := d.NewSeat(), make(chan struct{})
		begun := time.Now()
		go func() {
			defer close(over)
			d.Await(fresh)
		}()
		first := leader(d)
		for first == nil {
			runtime.Gosched()
			first = leader(d)
		}
		led := false
		for range 5 {
			led = round(d, busy) || led
		}
		took := time.Since(begun)
		d.Notify(fresh, 1)
		<-over
		switch {
		case first == fresh && took < quietFor: // else the machine was slow, and another one has the lead
			if led {
				t.Error("it lost the lead")
			}
			return
		case time.Now().After(end):
			t.Fatal("the machine is too slow")
		}
	}
}
