package curl_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// confinedKinds are all that the running libcurl can share.
func confinedKinds(t testing.TB) []curl.Kind {
	v := version(t)
	kinds := []curl.Kind{curl.ShareDNS, curl.ShareTLSSessions, curl.ShareCookies, curl.ShareConnections}
	if v.Features.Has(curl.FeaturePSL) {
		kinds = append(kinds, curl.SharePSL)
	}
	if v.Num >= 0x075800 {
		kinds = append(kinds, curl.ShareHSTS)
	}
	return kinds
}

// The transfers of the members of a confined share overlap: each waits at the server for all others.
func TestConfinedTransfersOverlap(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newConfined(t, confinedKinds(t)...)
	const members = 20
	gate := s.Gate("all")
	var ends []<-chan error
	for range members {
		h := easy(t, opt.URL(s.URL("/slow?gate=all")))
		attach(t, share, h)
		ends = append(ends, begin(t, h))
	}
	within(t, "the arrival of all members", gate.Arrived(members))
	gate.Open()
	for _, end := range ends {
		if err := within(t, "the end of a transfer", end); err != nil {
			t.Error(err)
		}
	}
}

func TestConfinedShareOfConnectionsAndCookies(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	share := newConfined(t, curl.ShareConnections, curl.ShareCookies)
	ca := opt.CAInfo(s.CAFile(t)) // another file's name would make another kind of connection
	var handles []*curl.Easy
	for i := range 5 {
		h := easy(t, opt.URL(s.URL("/cookies?c"+strconv.Itoa(i)+"=1")), ca, opt.CookieFile(""))
		attach(t, share, h)
		perform(t, h)
		handles = append(handles, h)
	}
	if n := s.Connections(); n != 1 {
		t.Errorf("five members one after the other made %d connections", n)
	}
	handles[0].Close() // it made the connection
	perform(t, handles[1])
	if n := s.Connections(); n != 1 {
		t.Errorf("the connection went with the handle that made it: there are %d", n)
	}
	for _, h := range handles[1:] {
		if got := len(infoOf(t, h, info.CookieList)); got != 5 {
			t.Errorf("a member has %d cookies of 5", got)
		}
	}
	if err := share.Detach(handles[1]); err != nil {
		t.Fatal(err)
	}
	setAll(t, handles[1], opt.CookieFile("")) // 7.74.0 has forgotten
	perform(t, handles[1])
	if n := s.Connections(); n != 2 {
		t.Errorf("with a handle of its own there are %d connections", n)
	}
	if got := len(infoOf(t, handles[1], info.CookieList)); got != 1 {
		t.Errorf("a handle that was detached has %d cookies", got)
	}
}

// Thirty-two goroutines share everything over TLS, run members in callbacks of members, and change cookies, reset, clone and
// close in between.
func TestConfinedShareFromManyGoroutines(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	share := newConfined(t, confinedKinds(t)...)
	ca, folder := opt.CAInfo(s.CAFile(t)), opt.CAPath(t.TempDir())
	const goroutines, rounds = 32, 6
	var nested, listed atomic.Int32
	var all sync.WaitGroup
	for g := range goroutines {
		options := []opt.Option{
			ca, folder, opt.CookieFile(""), opt.Verbose(true),
			opt.DebugFunction(func(opt.DebugKind, []byte) {}), opt.URL(s.URL("/cookies?g" + strconv.Itoa(g) + "=1")),
		}
		if g%4 == 0 {
			options = append(options, opt.CloseSocketFunction(closeFD)) // its callbacks run on the spot
		}
		member := func(more ...opt.Option) *curl.Easy {
			h := easy(t, append(options, more...)...)
			attach(t, share, h)
			return h
		}
		inner := member(opt.FreshConnect(g%3 == 0))
		h := member(opt.HeaderFunction(func(line []byte) error {
			if string(line) != "\r\n" || g%4 == 0 {
				return nil
			}
			nested.Add(1)
			return inner.Perform(patient(t))
		}))
		all.Go(func() {
			for i := range rounds {
				if err := h.Perform(patient(t)); err != nil {
					t.Error(err)
					return
				}
				listed.Add(int32(len(infoOf(t, h, info.CookieList))))
				setAll(t, h, opt.CookieList("Set-Cookie: x"+strconv.Itoa(i)+"=1; domain=example.com; path=/"))
				switch (g + i) % 4 {
				case 0:
					clone, err := h.Clone()
					if err != nil {
						t.Error(err)
						return
					}
					clone.Close()
				case 1:
					setAll(t, h, opt.CookieList("ALL"))
				case 2:
					another := member()
					if err := another.Perform(patient(t)); err != nil {
						t.Error(err)
					}
					another.Close()
				case 3:
					if err := share.Detach(inner); err != nil {
						t.Error(err)
					}
					attach(t, share, inner)
				}
			}
		})
	}
	all.Wait()
	if n := nested.Load(); n != goroutines*3/4*rounds {
		t.Errorf("%d transfers ran inside callbacks", n)
	}
	if listed.Load() == 0 {
		t.Error("nobody has ever listed a cookie")
	}
}

func TestConfinedShareRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newConfined(t, curl.ShareCookies)
	h := easy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport))
	attach(t, share, h)
	if err := h.Perform(patient(t)); !errors.Is(err, curl.ErrConfined) {
		t.Errorf("a connect-only transfer: %v", err)
	}
	engine, err := curl.NewEngine(curl.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close(patient(t))
	if err := engine.Attach(h); !errors.Is(err, curl.ErrAttached) {
		t.Errorf("attaching a member to an engine: %v", err)
	}
	other := easy(t)
	if err := engine.Attach(other); err != nil {
		t.Fatal(err)
	}
	if err := share.Attach(other); !errors.Is(err, curl.ErrAttached) {
		t.Errorf("attaching an engine's handle: %v", err)
	}
	var zero curl.ConfinedShare
	if err := zero.Attach(easy(t)); !errors.Is(err, curl.ErrShareClosed) {
		t.Errorf("attaching to the zero share: %v", err)
	}
}

// A handle of an engine can have names and sessions from a share.
func TestShareOnAnEngine(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	url, known := secretName(s, "engine")
	share := newShare(t, curl.ShareDNS)
	engine, err := curl.NewEngine(curl.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close(patient(t))
	source, h := easy(t, known), easy(t)
	attach(t, share, source, h)
	if err := engine.Attach(h); err != nil {
		t.Fatal(err)
	}
	if !knows(t, source, url) || !knows(t, h, url) {
		t.Error("the name is not shared")
	}
	if err := engine.Detach(h); err != nil {
		t.Fatal(err)
	}
	if !knows(t, h, url) {
		t.Error("the engine has taken the share along")
	}
}

// Inside a callback that libcurl waits for, a Perform of another member could never end.
func TestConfinedCallbackOnTheSpot(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newConfined(t, curl.ShareConnections)
	other := easy(t, opt.URL(s.URL("/")))
	var inside error
	h := easy(t, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
		promptly(t, "Perform of another member", func() { inside = other.Perform(patient(t)) })
		return false, nil
	}))
	attach(t, share, h, other)
	perform(t, h)
	if !errors.Is(inside, curl.ErrInCallback) {
		t.Errorf("Perform of another member: %v", inside)
	}
	perform(t, other)
}

// libcurl finds out that a pooled connection is dead, and closes it, while it holds the lock of the connections.
func TestConfinedConnectionDies(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	defer s.Close()
	share := newConfined(t, curl.ShareConnections)
	closes := 0
	h := easy(t, opt.URL(s.URL), opt.NoProxy("*"), opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {}),
		opt.CloseSocketFunction(func(fd uintptr) error { closes++; return closeFD(fd) }))
	attach(t, share, h)
	for range 3 {
		perform(t, h)
		s.CloseClientConnections()
	}
	if closes != 2 {
		t.Errorf("the close-socket function was called %d times for 2 dead connections", closes)
	}
	h.Close()
	closeShare(t, share) // the third one, whose handle is gone
	within(t, "Done", share.Done())
	if n := capi.FramesUnderLock(); n != 0 {
		t.Errorf("%d callbacks entered Go under a lock of a share", n)
	}
}

// Goexit in a callback on the spot loses the lane: transfers on it end, later ones get another.
func TestConfinedGoexitOnTheSpot(t *testing.T) {
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newConfined(t, curl.ShareCookies, curl.ShareConnections)
	waiting := easy(t, opt.URL(s.URL("/slow?gate=never")))
	lost := easy(t, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, goexit() }))
	other := easy(t, opt.URL(s.URL("/")))
	attach(t, share, waiting, lost, other)
	ended := begin(t, waiting)
	within(t, "the arrival of a transfer", s.Gate("never").Arrived(1))
	if err := lost.Perform(patient(t)); !errors.Is(err, curl.ErrAbandoned) {
		t.Errorf("Perform with Goexit in a callback of its own: %v", err)
	}
	if err := within(t, "the end of the other transfer", ended); !errors.Is(err, curl.ErrAbandoned) {
		t.Errorf("the transfer beside it: %v", err)
	}
	perform(t, other)
}

// A stream whose handle has callbacks that must answer on the spot would run on a driver of its own, and be inside
// libcurl with the share beside the other members: its connections called memory that was gone.
func TestConfinedMemberDoesNotStreamBesideTheShare(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	confined := newConfined(t, curl.ShareConnections)
	h := easy(t, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.CloseSocketFunction(closeFD))
	if err := confined.Attach(h); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open(patient(t)); !errors.Is(err, curl.ErrConfined) {
		t.Errorf("Open: %v", err)
	}
	perform(t, h)
	setAll(t, h, opt.CloseSocketFunction(nil))
	body, err := h.Open(patient(t))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(body); err != nil || string(got) != "hello\n" {
		t.Errorf("%q, %v", got, err)
	}
}
