package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiNotify: both kinds come when messages are there, and the function may do what libcurl allows in none other.
func TestMultiNotify(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var seen []multiopt.Notification
	var of, got *curl.Easy
	var m *curl.Multi
	next := stateEasy(t, opt.URL(s.URL("/")))
	notify := multiopt.NotifyFunction(func(n multiopt.Notification, h multiopt.Handle) {
		seen = append(seen, n)
		if n == multiopt.NotifyEasyDone && of == nil {
			of, _ = h.(*curl.Easy)
		}
		if msg, ok := m.InfoRead(); ok && got == nil {
			got = msg.Easy
			if err := m.Remove(msg.Easy); err != nil {
				t.Errorf("Remove: %v", err)
			}
			if err := m.Add(next); err != nil {
				t.Errorf("Add: %v", err)
			}
		}
	})
	m = newMulti(t)
	err := m.Set(notify)
	if olderThan(t, 0x081100) {
		for name, err := range map[string]error{"Set": err, "NotifyEnable": m.NotifyEnable(multiopt.NotifyInfoRead)} {
			if !errors.Is(err, curl.ErrUnsupported) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []multiopt.Notification{multiopt.NotifyInfoRead, multiopt.NotifyEasyDone} {
		if err := m.NotifyEnable(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.NotifyEnable(1000); err == nil {
		t.Error("an unknown notification was enabled")
	}
	h := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, h)
	runAll(t, m)
	if of != h || got != h || len(seen) < 4 {
		t.Errorf("notified of %p, read %p, want %p; %v", of, got, h, seen)
	}
	seen = nil
	for _, n := range []multiopt.Notification{multiopt.NotifyInfoRead, multiopt.NotifyEasyDone} {
		if err := m.NotifyDisable(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Remove(next); err != nil {
		t.Fatal(err)
	}
	addAll(t, m, next)
	runAll(t, m)
	if len(seen) != 0 {
		t.Errorf("notified when that was off: %v", seen)
	}
}
