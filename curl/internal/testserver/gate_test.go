package testserver_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestGateLetsThroughWhatItAdmits(t *testing.T) {
	testserver.CheckGoroutines(t)
	g := testserver.NewGate()
	passed := make(chan struct{}, 10)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := g.Pass(t.Context()); err != nil {
				t.Error(err)
			}
			passed <- struct{}{}
		})
	}
	await(t, "ten to arrive", g.Arrived(10))
	g.Admit(3)
	for range 3 {
		await(t, "an admitted one", passed)
	}
	select {
	case <-passed:
		t.Error("a fourth one passed")
	default:
	}
	g.Open()
	g.Open()
	all.Wait()
	if err := g.Pass(t.Context()); err != nil {
		t.Errorf("an open gate: %v", err)
	}
}

func TestGateTellsWhoTurnsAway(t *testing.T) {
	g := testserver.NewGate()
	ctx, cancel := context.WithCancelCause(t.Context())
	result := make(chan error)
	go func() { result <- g.Pass(ctx) }()
	await(t, "the arrival", g.Arrived(1))
	select {
	case <-g.Left(1):
		t.Error("counted as gone too early")
	default:
	}
	cause := errors.New("enough")
	cancel(cause)
	if err := <-result; !errors.Is(err, cause) {
		t.Errorf("Pass returned %v, want the context's cause", err)
	}
	await(t, "the count", g.Left(1))
}
