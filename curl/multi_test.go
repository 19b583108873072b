package curl_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestMultiRunsItsMembers(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	const n = 20
	bodies := map[*curl.Easy]string{}
	var handles []*curl.Easy
	for range n {
		var h *curl.Easy
		h = stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error { bodies[h] += string(p); return nil }))
		handles = append(handles, h)
	}
	addAll(t, m, handles...)
	if got := m.Handles(); !slices.Equal(got, handles) {
		t.Errorf("Handles: %v, want %v", got, handles)
	}
	for round := range 3 {
		messages := runAll(t, m)
		if len(messages) != n {
			t.Fatalf("round %d: %d messages", round, len(messages))
		}
		for _, msg := range messages {
			if msg.Err != nil || bodies[msg.Easy] != "hello\n" {
				t.Errorf("round %d: %v, %q", round, msg.Err, bodies[msg.Easy])
			}
			if status, err := curl.Info(msg.Easy, info.ResponseCode); err != nil || status != 200 {
				t.Errorf("status %d, %v", status, err)
			}
			if err := msg.Easy.Perform(t.Context()); !errors.Is(err, curl.ErrBusy) {
				t.Errorf("a member performs: %v", err)
			}
			if err := m.Remove(msg.Easy); err != nil {
				t.Error(err)
			}
			delete(bodies, msg.Easy)
		}
		if got := m.Handles(); len(got) != 0 {
			t.Errorf("%d members are left", len(got))
		}
		if round < 2 {
			addAll(t, m, handles...)
		}
	}
	for _, h := range handles {
		if err := h.Perform(t.Context()); err != nil {
			t.Errorf("on its own again: %v", err)
		}
	}
}

// TestMultiMessagesComeInOrderOfCompletion: the server lets one transfer after the other go on.
func TestMultiMessagesComeInOrderOfCompletion(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	names := []string{"a", "b", "c", "d", "e"}
	byName := map[*curl.Easy]string{}
	for _, name := range names {
		h := stateEasy(t, opt.URL(s.URL("/slow?gate="+name)))
		byName[h] = name
		addAll(t, m, h)
	}
	runUntil(t, m, "all requests", func() bool { return len(s.Requests()) >= len(names) })
	order := []string{"c", "a", "e", "b", "d"}
	var got []string
	for _, name := range order {
		s.Gate(name).Open()
		runUntil(t, m, "the end of "+name, func() bool {
			msg, ok := m.InfoRead()
			if ok {
				got = append(got, byName[msg.Easy])
			}
			return ok
		})
	}
	if !slices.Equal(got, order) {
		t.Errorf("ended in the order %v, want %v", got, order)
	}
}

func TestMultiTransferErrorsAreLikePerforms(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	mine := errors.New("mine")
	for _, c := range []struct {
		name    string
		options []opt.Option
		want    []error
	}{
		{"libcurl's", []opt.Option{opt.URL(s.URL("/status/404")), opt.FailOnError(true)}, []error{codes.HTTPReturnedError}},
		{"a callback's", []opt.Option{opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { return mine })}, []error{codes.WriteError, mine}},
		{"malformed", []opt.Option{opt.URL("")}, []error{codes.URLMalformed}},
	} {
		h := stateEasy(t, c.options...)
		alone := h.Perform(t.Context())
		addAll(t, m, h)
		messages := runAll(t, m)
		if len(messages) != 1 || messages[0].Easy != h {
			t.Fatalf("%s: messages %v", c.name, messages)
		}
		var e *curl.Error
		for _, want := range c.want {
			if err := messages[0].Err; !errors.Is(err, want) || !errors.As(err, &e) {
				t.Errorf("%s: %v, want %v", c.name, err, want)
			}
		}
		if alone.Error() != messages[0].Err.Error() {
			t.Errorf("%s: %q alone, %q as a member", c.name, alone, messages[0].Err)
		}
	}
}
