package testserver_test

import (
	"net"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// A client's kernel repeats its SYN after 1 and 3 seconds, so a hole that held
// for longer than that holds until the client gives up.
func TestBlackholeNeverConnects(t *testing.T) {
	testserver.LeaveOut(t, "it takes 5 seconds")
	t.Parallel()
	b := testserver.NewBlackhole(t)
	results := make(chan error)
	const clients = 4
	start := time.Now()
	for range clients {
		go func() {
			c, err := net.DialTimeout("tcp", b.Addr(), 5*time.Second)
			if err == nil {
				_ = c.Close()
			}
			results <- err
		}()
	}
	for range clients {
		err, ok := (<-results).(net.Error)
		if !ok || !err.Timeout() {
			t.Errorf("connecting ended with %v, want a timeout", err)
		}
	}
	if took := time.Since(start); took < 5*time.Second {
		t.Errorf("gave up after %s", took)
	}
}

func TestBlackholeIsThereAtOnce(t *testing.T) {
	start := time.Now()
	for range 10 {
		testserver.NewBlackhole(t)
	}
	if took := time.Since(start); took > 8*time.Second { // one that waited for an answer would take more than a second
		t.Errorf("ten took %s", took)
	}
}
