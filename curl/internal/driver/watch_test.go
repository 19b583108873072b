package driver

import (
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func setURL(c capi.Cell, url string) (code int) {
	const optURL = 10002
	b := capi.NewBatch()
	defer b.Free()
	b.String(optURL, url)
	_, code = c.Apply(b, false)
	return code
}

// transfers runs n transfers on one driver, each held back by the server until all of them are waiting.
func transfers(t *testing.T, d *Driver, s *testserver.HTTP, cells []capi.Cell, gate string) {
	t.Helper()
	url := s.URL("/slow?gate=" + gate)
	d.Mu.Lock()
	defer d.Mu.Unlock()
	for _, c := range cells {
		if code := setURL(c, url); code != 0 {
			t.Fatalf("CURLOPT_URL: %d", code)
		}
		if code := d.C().Add(c); code != 0 {
			t.Fatalf("adding the transfer: CURLMcode %d", code)
		}
	}
	g := s.Gate(gate)
	arrived := g.Arrived(len(cells))
	go func() {
		<-arrived
		g.Open()
	}()
	guard := time.AfterFunc(10*time.Second, func() { panic("the transfers do not end") })
	defer guard.Stop()
	done := 0
	code := d.Lead(func() bool {
		for c := d.C().NextDone(); c.Valid(); c = d.C().NextDone() {
			if c.Result() != 0 || c.Discarded() != 2 {
				t.Errorf("CURLcode %d (%s), %d bytes", c.Result(), c.ErrorText(), c.Discarded())
			}
			done++
		}
		return done == len(cells)
	})
	if code != 0 {
		t.Errorf("CURLMcode %d", code)
	}
}

// TestFewAndManySockets has the sockets watched both ways, in turns, on one driver with its kept connections.
func TestFewAndManySockets(t *testing.T) {
	d := newDriver(t, Config{Polling: !Events})
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	cells := make([]capi.Cell, 20)
	for i := range cells {
		cells[i] = capi.NewCell(0)
		defer cells[i].Free()
	}
	for _, round := range []struct {
		gate string
		n    int
	}{{"one", 1}, {"many", 20}, {"few", 5}, {"full", 7}, {"more", 8}, {"last", 1}} {
		transfers(t, d, s, cells[:round.n], round.gate)
		if t.Failed() {
			t.Fatalf("round %q", round.gate)
		}
	}
}
