package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestAPoolClosesAConnectionWhileItsHandleIsInFlightElsewhere: a handle leaves its connection in a confined share, leaves
// the share itself and runs a transfer on its own. When the share ended, that took the handle's callback for one of its own transfer: "unlock of unlocked mutex".
func TestAPoolClosesAConnectionWhileItsHandleIsInFlightElsewhere(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share, err := curl.NewConfinedShare(confinedKinds(t)...)
	if err != nil {
		t.Fatal(err)
	}
	h := stateEasyUnowned(t, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.CloseSocketFunction(closeFD))
	attach(t, share, h)
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := share.Detach(h); err != nil {
		t.Fatal(err)
	}
	if err := h.Set(opt.URL(s.URL("/hang"))); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.Perform(t.Context()) }()
	awaited(t, "the request", s.Gate("").Arrived(1))
	if err := share.Close(); err != nil {
		t.Error(err)
	}
	s.Gate("").Open()
	if err := awaited(t, "the end", done); err != nil {
		t.Error(err)
	}
	h.Close()
}
