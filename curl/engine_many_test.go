package curl

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestEngineTenThousandAtOnce: so many goroutines are in Perform on one engine, on as few threads as ever, and none of
// them has got through before a crowd of requests has arrived.
func TestEngineTenThousandAtOnce(t *testing.T) {
	const connections = 100
	crowdIn(t, func(int) string {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		arrived := s.Gate("").Arrived(connections)
		go func() {
			<-arrived
			s.Gate("").Open()
		}()
		return s.URL("/hang")
	}, func(ctx context.Context, url string, _ int) {
		n := testserver.Fewer(t, 10_000, 1000, "goroutines")
		g, err := NewEngine(EngineConfig{MaxConnections: connections, Shards: 1})
		if err != nil {
			t.Fatal(err)
		}
		if resolverBlocks() {
			t.Skip("on this libcurl, whose resolver cannot be interrupted, the handles of an engine use connections of their own")
		}
		if v := capi.VersionNum(); v >= 0x080d00 && v < 0x081000 {
			n = 1000 // these wake all that wait for a connection each time that there is one
		}
		ended := launch(n, func(h *Easy) error {
			if err := g.Attach(h); err != nil {
				return err
			}
			body, err := h.Fetch(ctx)
			if err == nil && string(body) != "late\n" {
				err = errors.New("the body is " + string(body))
			}
			return err
		}, opt.URL(url), opt.NoProxy("*"))
		for range n {
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
		}
		wantFewThreads(t, "all have ended")
		if err := g.Close(ctx); err != nil {
			t.Error(err)
		}
	})
}
