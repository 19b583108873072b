package curl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiMembershipIsExclusive: PycURL's refusals, and what follows from them.
func TestMultiMembershipIsExclusive(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	a, b := newMulti(t), newMulti(t)
	h := stateEasy(t, opt.URL(s.URL("/")))
	if err := a.Remove(h); !errors.Is(err, curl.ErrNotAdded) {
		t.Errorf("removing no member: %v", err)
	}
	addAll(t, a, h)
	for name, m := range map[string]*curl.Multi{"the same": a, "another": b} {
		if err := m.Add(h); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("added to %s multi: %v", name, err)
		}
	}
	if err := b.Remove(h); !errors.Is(err, curl.ErrNotAdded) {
		t.Errorf("removed from another multi: %v", err)
	}
	if err := a.Remove(h); err != nil {
		t.Fatal(err)
	}
	addAll(t, b, h)
	if messages := runAll(t, b); len(messages) != 1 || messages[0].Err != nil {
		t.Errorf("in the other multi: %v", messages)
	}
	closed := stateEasy(t)
	closed.Close()
	if err := a.Add(closed); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("adding a closed handle: %v", err)
	}
	if err := a.Remove(closed); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("removing a closed handle: %v", err)
	}
	_, err := halfway(t, s, nil, func(h *curl.Easy) {
		if err := a.Add(h); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("adding a handle that performs: %v", err)
		}
	})
	if err != nil {
		t.Error(err)
	}
}

// The refusal used to be no *StateError, as all others are.
func TestMultiAddOfAHandleOnAnEngineIsRefused(t *testing.T) {
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g)
	var refused *curl.StateError
	err := newMulti(t).Add(h)
	if !errors.Is(err, curl.ErrBusy) || !errors.As(err, &refused) || refused.Op != "Add" || !strings.Contains(err.Error(), "Detach it from there first") {
		t.Errorf("Add: %v", err)
	}
}
