package driver

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// crowded is a driver whose sockets are so many that all of them are in an epoll set, until the test ends: as many
// transfers hang.
func crowded(t *testing.T) *Driver {
	d := newDriver(t, Config{})
	d.Share(func() {}, func(int) {}, capi.Share{}) // or it would keep five idle connections
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	arrived := s.Gate("never").Arrived(10)
	for range 10 {
		c := capi.NewCell(0)
		t.Cleanup(c.Free)
		d.Mu.Lock()
		setURL(c, s.URL("/slow?gate=never"))
		if code := d.C().Add(c); code != 0 {
			t.Fatalf("adding a transfer: CURLMcode %d", code)
		}
		d.Mu.Unlock()
		t.Cleanup(func() { d.C().Remove(c) })
	}
	stop := lead(t, d)
	<-arrived
	stop()
	return d
}

func cellsOf(t *testing.T, n int) (cells []capi.Cell) {
	for range n {
		c := capi.NewCell(0)
		t.Cleanup(c.Free)
		cells = append(cells, c)
	}
	return cells
}

// inSet returns how many descriptors are in the epoll set of a crowded driver.
func inSet(t *testing.T, d *Driver) int {
	t.Helper()
	in := setOf(t, d.C().Park())
	if len(in) != 1 {
		t.Fatalf("Go's poller hears of %d descriptors", len(in))
	}
	return len(setOf(t, in[0].fd))
}

type watched struct{ fd, events int }

// setOf returns what is in an epoll set.
func setOf(t *testing.T, fd int) (in []watched) {
	t.Helper()
	info, err := os.ReadFile(fmt.Sprint("/proc/self/fdinfo/", fd))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(info)) {
		var w watched
		if _, err := fmt.Sscanf(line, "tfd: %d events: %x", &w.fd, &w.events); err == nil {
			in = append(in, w)
		}
	}
	return in
}

// begin has transfers connect.
func begin(t *testing.T, d *Driver, cells []capi.Cell, url string) {
	t.Helper()
	d.Mu.Lock()
	defer d.Mu.Unlock()
	for _, c := range cells {
		setURL(c, url)
		if code := d.C().Add(c); code != 0 {
			t.Fatalf("adding a transfer: CURLMcode %d", code)
		}
	}
	d.step()
}

// TestGoPollerHearsOnlyFromWhoWaitsInIt: whatever happened on the sockets of a crowded driver woke a thread of Go's, once its
// leader had waited in Go's poller.
func TestGoPollerHearsOnlyFromWhoWaitsInIt(t *testing.T) {
	d := crowded(t)
	for range 2 {
		fd := d.C().Park()
		if in := setOf(t, fd); len(in) != 1 || in[0].events&syscall.EPOLLIN == 0 {
			t.Errorf("parked: %x", in)
		}
		d.C().Unpark()
		if in := setOf(t, fd); len(in) != 1 || in[0].events&syscall.EPOLLIN != 0 {
			t.Errorf("not parked: %x", in)
		}
	}
}

// TestASocketWithAnOldNumberIsWatched: sockets stay in the epoll set when libcurl has no question about them, so one that
// has the number of a closed one must not be taken for that.
func TestASocketWithAnOldNumberIsWatched(t *testing.T) {
	d := crowded(t)
	hole := testserver.NewBlackhole(t)
	before := inSet(t, d)
	for range 3 {
		cells := cellsOf(t, 5)
		begin(t, d, cells, "http://"+hole.Addr())
		if n := inSet(t, d) - before; n != len(cells) {
			t.Fatalf("%d of %d sockets are watched", n, len(cells))
		}
		d.Mu.Lock()
		for _, c := range cells {
			d.C().Remove(c) // closes the connection
		}
		d.Mu.Unlock()
	}
}

// TestAnIdleConnectionThatEndsWakesNobody more than once.
func TestAnIdleConnectionThatEndsWakesNobody(t *testing.T) {
	d := crowded(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	transfers(t, d, s, cellsOf(t, 5), "round")
	s.Close() // all five, which libcurl keeps and does not watch
	if ev := d.C().Wait(0); ev != 0 {
		t.Errorf("a wait ended with %b", ev)
	}
	again := testserver.NewHTTP(t, testserver.HTTPConfig{})
	transfers(t, d, again, cellsOf(t, 5), "again")
}
