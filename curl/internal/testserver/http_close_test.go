package testserver_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestHTTPCloseEndsWhatHangs(t *testing.T) {
	for name, config := range map[string]testserver.HTTPConfig{"h1": {}, "h2": {TLS: true}} {
		t.Run(name, func(t *testing.T) {
			testserver.CheckGoroutines(t)
			s := testserver.NewHTTP(t, config)
			c := client(t, s)
			const n = 8
			var clients sync.WaitGroup
			for range n {
				clients.Go(func() {
					r, err := http.NewRequest(http.MethodGet, s.URL("/hang"), nil)
					if err != nil {
						t.Error(err)
						return
					}
					if resp, err := c.Do(r); err == nil {
						t.Errorf("got an answer: %s", resp.Status)
						_ = resp.Body.Close()
					}
				})
			}
			await(t, "all to hang", s.Gate("").Arrived(n))
			s.Close()
			clients.Wait()
			s.Close()
		})
	}
}

func TestHTTPCloseRacesWithNewRequests(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var clients sync.WaitGroup
	for range 4 {
		c := client(t, s)
		clients.Go(func() {
			for {
				resp, err := c.Get(s.URL("/"))
				if err != nil {
					return
				}
				_ = resp.Body.Close()
			}
		})
	}
	await(t, "some requests", s.Requested(100))
	s.Close()
	clients.Wait()
}
