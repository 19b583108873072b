package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestShareOfNames(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "shared")
	share := newShare(t, curl.ShareDNS)
	a, b, stranger := easy(t, known), easy(t), easy(t)
	attach(t, share, a, b, b)
	if knows(t, b, url) {
		t.Fatal("the name is known without the share")
	}
	if !knows(t, a, url) || !knows(t, b, url) {
		t.Error("the name is not shared")
	}
	if knows(t, stranger, url) {
		t.Error("a handle that is no member shares")
	}
	if err := share.Detach(b); err != nil {
		t.Fatal(err)
	}
	if knows(t, b, url) {
		t.Error("a handle still shares that was detached")
	}
	attach(t, share, b)
	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if !knows(t, b, url) {
		t.Error("Reset has ended the sharing")
	}
	clone, err := b.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	if knows(t, clone, url) {
		t.Error("a clone shares")
	}
}

func TestShareOfTLSSessions(t *testing.T) {
	_, options := resumingServer(t)
	share := newShare(t, curl.ShareTLSSessions)
	a, b, stranger := easy(t, options...), easy(t, options...), easy(t, options...)
	if resumes(t, b) {
		t.Fatal("the first connection of all resumes a session")
	}
	able := resumes(t, b)  // 7.74.0 with GnuTLS never is, as it does not wait for the tickets of TLS 1.3
	attach(t, share, a, b) // b has a session of its own by now: the share takes its place
	if resumes(t, a) {
		t.Error("the first connection of the share resumes a session")
	}
	if resumes(t, b) != able {
		t.Errorf("a connection of another member resumes the session: %v", !able)
	}
	if resumes(t, stranger) {
		t.Error("a handle that is no member resumes a session")
	}
}

func TestShareRefuses(t *testing.T) {
	share, other := newShare(t, curl.ShareDNS), newShare(t, curl.ShareDNS)
	h, gone := easy(t), easy(t)
	gone.Close()
	attach(t, share, h)
	closed := newShare(t, curl.ShareDNS)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	var zero curl.Share
	for _, c := range []struct {
		what string
		err  error
		want error
	}{
		{"attaching a member of another share", other.Attach(h), curl.ErrAttached},
		{"detaching a member of another share", other.Detach(h), curl.ErrNotAttached},
		{"detaching a handle that is no member", share.Detach(easy(t)), curl.ErrNotAttached},
		{"attaching a closed handle", share.Attach(gone), curl.ErrClosed},
		{"attaching the zero handle", share.Attach(&curl.Easy{}), curl.ErrClosed},
		{"attaching no handle", share.Attach(nil), curl.ErrClosed},
		{"detaching a closed handle", share.Detach(gone), curl.ErrClosed},
		{"attaching to a closed share", closed.Attach(easy(t)), curl.ErrShareClosed},
		{"attaching to a closed share", closed.Attach(easy(t)), curl.ErrClosed},
		{"detaching from a closed share", closed.Detach(h), curl.ErrNotAttached},
		{"attaching to the zero share", zero.Attach(easy(t)), curl.ErrShareClosed},
		{"closing the zero share", zero.Close(), nil},
	} {
		var refused *curl.StateError
		if !errors.Is(c.err, c.want) || c.want != nil && !errors.As(c.err, &refused) {
			t.Errorf("%s: %v, want %v", c.what, c.err, c.want)
		}
	}
	within(t, "the end of the zero share", zero.Done())
	within(t, "the end of a closed share", closed.Done())
}

func TestShareKinds(t *testing.T) {
	newShare(t, curl.ShareDNS, curl.ShareTLSSessions, curl.ShareDNS)
	dns := curl.ShareDNS
	for name, err := range map[string]error{
		"nothing":                  failure(curl.NewShare()),
		"a number that is no kind": failure(curl.NewShare(curl.ShareDNS, 99)),
		"a confined kind's number": failure(curl.NewShare(curl.ConcurrentKind(curl.ShareCookies))),
		"nothing, confined":        failure(curl.NewConfinedShare()),
		"libcurl's own kind":       failure(curl.NewConfinedShare(curl.ConfinedKind(1))),
		"no kind":                  failure(curl.NewConfinedShare(curl.ShareDNS, nil)),
		"a pointer to a kind":      failure(curl.NewConfinedShare(&dns)),
	} {
		var refused *curl.KindError
		if !errors.As(err, &refused) {
			t.Errorf("a share of %s: %v", name, err)
		}
	}
	v := version(t)
	share, err := curl.NewShare(curl.SharePSL)
	switch {
	case v.Features.Has(curl.FeaturePSL) && err != nil:
		t.Error(err)
	case !v.Features.Has(curl.FeaturePSL) && !errors.Is(err, curl.ErrUnsupported):
		t.Errorf("libcurl has no public suffix list, and the error is %v", err)
	case err == nil:
		share.Close()
	}
	confined, err := curl.NewConfinedShare(curl.ShareHSTS)
	switch {
	case v.Num < 0x075800 && !errors.Is(err, curl.ErrUnsupported):
		t.Errorf("libcurl %s cannot share HSTS, and the error is %v", v.Version, err)
	case v.Num >= 0x075800 && err != nil:
		t.Error(err)
	case err == nil:
		confined.Close()
	}
}

func failure[T any](_ T, err error) error { return err }

// A handle with a connection to Send on keeps its share until that connection has ended.
func TestShareAndConnectOnly(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newShare(t, curl.ShareDNS)
	if err := share.Attach(connectedEasy(t, s)); !errors.Is(err, curl.ErrBusy) {
		t.Errorf("Attach with a connection: %v", err)
	}
	member := connectOnlyMember(t, s, share)
	var inUse *curl.InUseError
	if err := share.Close(); !errors.As(err, &inUse) || inUse.InUse != 1 || inUse.Members != 1 {
		t.Errorf("Close of the share: %v", err)
	}
	if err := member.Reset(); err != nil {
		t.Fatal(err)
	}
	if err := share.Close(); err != nil {
		t.Errorf("Close of the share after Reset of its member: %v", err)
	}
}

// connectOnlyMember attaches a handle that then keeps a connection to Send on.
func connectOnlyMember(t *testing.T, s *testserver.HTTP, share *curl.Share) *curl.Easy {
	t.Helper()
	h := easy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport))
	attach(t, share, h)
	perform(t, h)
	return h
}
