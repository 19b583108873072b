package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The handles of an engine resume each other's TLS sessions where they make connections of their own.
func TestEngineSharesTLSSessions(t *testing.T) {
	_, options := resumingServer(t)
	alone := easy(t, append(options, opt.FreshConnect(true))...)
	resumes(t, alone)
	able := resumes(t, alone)
	g := newEngine(t, curl.EngineConfig{})
	first := engineHandle(t, g, append(options, opt.FreshConnect(true))...)
	second := engineHandle(t, g, append(options, opt.FreshConnect(true))...)
	if resumes(t, first) {
		t.Error("the first connection resumes a session")
	}
	if got := resumes(t, second); got != able {
		t.Errorf("the second handle's connection resumes: %v; what one handle can do: %v", got, able)
	}
}

// A share of the user's stays what a handle shares; the other order is refused, and Detach makes room.
func TestEngineLeavesSharesAlone(t *testing.T) {
	s := newShare(t, curl.ShareDNS)
	g := newEngine(t, curl.EngineConfig{})
	h := easy(t)
	if err := s.Attach(h); err != nil {
		t.Fatal(err)
	}
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	if err := g.Detach(h); err != nil {
		t.Fatal(err)
	}
	if err := s.Detach(h); err != nil {
		t.Errorf("the share lost its member to the engine: %v", err)
	}
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	if err := s.Attach(h); !errors.Is(err, curl.ErrAttached) {
		t.Errorf("Attach of a share to a member of an engine: %v", err)
	}
	if err := g.Detach(h); err != nil {
		t.Fatal(err)
	}
	if err := s.Attach(h); err != nil {
		t.Error(err)
	}
}
