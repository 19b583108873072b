package curl_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// newMulti makes a Multi that is closed when the test ends.
func newMulti(t testing.TB, options ...multiopt.Option) *curl.Multi {
	t.Helper()
	m, err := curl.NewMulti(options...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func addAll(t testing.TB, m *curl.Multi, handles ...*curl.Easy) {
	t.Helper()
	for _, h := range handles {
		if err := m.Add(h); err != nil {
			t.Fatal(err)
		}
	}
}

// step performs, and rest polls: the two halves of the loop that a user of the poll interface writes.
func step(t testing.TB, m *curl.Multi) (running int) {
	t.Helper()
	running, err := m.Perform()
	if err != nil {
		t.Fatalf("Perform: %v", err)
	}
	return running
}

func rest(t testing.TB, m *curl.Multi) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if _, err := m.Poll(ctx, time.Second); err != nil {
		t.Fatalf("Poll: %v", err)
	}
}

// runAll runs until nothing is left, and returns the messages in their order.
func runAll(t testing.TB, m *curl.Multi) (messages []curl.Message) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; rest(t, m) {
		running := step(t, m)
		messages = slices.AppendSeq(messages, m.Messages())
		if running == 0 {
			return messages
		}
		if time.Now().After(end) {
			t.Fatalf("%d transfers do not end", running)
		}
	}
}

// runUntil runs until holds does, which is asked after each step.
func runUntil(t testing.TB, m *curl.Multi, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; rest(t, m) {
		running := step(t, m)
		switch {
		case holds():
			return
		case running == 0, time.Now().After(end):
			t.Fatalf("never, with %d running: %s", running, what)
		}
	}
}
