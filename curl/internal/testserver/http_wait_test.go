package testserver_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// begin sends a request of which the head of the answer comes at once.
func begin(t *testing.T, ctx context.Context, c *http.Client, url string) *http.Response {
	t.Helper()
	resp, err := c.Do(request(t, http.MethodGet, url, nil).WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func TestHTTPWaitsAtTheGate(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			c := client(t, s)

			slow := begin(t, t.Context(), c, s.URL("/slow"))
			await(t, "/slow to wait", s.Gate("").Arrived(1))
			s.Gate("").Admit(1)
			if body, err := io.ReadAll(slow.Body); string(body) != "12" {
				t.Errorf("/slow: %q, %v", body, err)
			}

			trickle := begin(t, t.Context(), c, s.URL("/trickle/3?gate=t"))
			s.Gate("t").Admit(2)
			var two [2]byte
			if _, err := io.ReadFull(trickle.Body, two[:]); err != nil || two != [2]byte{0, 1} {
				t.Errorf("/trickle: %v, %v", two, err)
			}
			s.Gate("t").Open()
			if rest, err := io.ReadAll(trickle.Body); err != nil || len(rest) != 1 {
				t.Errorf("/trickle: %v, %v", rest, err)
			}

			s.Gate("h").Open()
			if _, body := get(t, c, s.URL("/hang?gate=h")); body != "late\n" {
				t.Errorf("/hang: %q", body)
			}
		})
	}
}

func TestHTTPTricklesByTheClock(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if _, body := get(t, client(t, s), s.URL("/trickle/5?every=1ms")); len(body) != 5 {
		t.Errorf("got %q", body)
	}
}

func TestHTTPSeesTheClientGo(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			ctx, cancel := context.WithCancel(t.Context())
			begin(t, ctx, client(t, s), s.URL("/slow"))
			await(t, "/slow to wait", s.Gate("").Arrived(1))
			cancel()
			await(t, "the server to notice", s.Gate("").Left(1))
		})
	}
}

func TestHTTPUpload(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			c := client(t, s)
			_, body, err := do(t, c, request(t, http.MethodPut, s.URL("/upload"), testserver.NewPatternReader(3_000_000)))
			if body != "3000000" {
				t.Errorf("/upload: %q, %v", body, err)
			}

			ctx, cancel := context.WithCancelCause(t.Context())
			enough := errors.New("the client has sent enough")
			done := make(chan error, 1)
			stuck := request(t, http.MethodPut, s.URL("/upload?stop=1000"), testserver.NewPatternReader(1<<40)).WithContext(ctx)
			go func() {
				resp, err := c.Do(stuck)
				if err == nil {
					_ = resp.Body.Close()
				}
				done <- err
			}()
			await(t, "/upload to stop reading", s.Gate("").Arrived(1))
			cancel(enough)
			if err := <-done; !errors.Is(err, enough) && !errors.Is(err, context.Canceled) {
				t.Errorf("/upload?stop: %v", err)
			}
		})
	}
}
