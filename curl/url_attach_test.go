package curl_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func setURL(t testing.TB, h *curl.Easy, u *curl.URL) {
	t.Helper()
	if err := h.SetURL(u); err != nil {
		t.Fatal(err)
	}
}

func setPart(t testing.TB, u *curl.URL, part curl.URLPart, text string) {
	t.Helper()
	if err := u.Set(part, text); err != nil {
		t.Fatal(err)
	}
}

// Of opt.URL and SetURL the last one counts, and a transfer goes where the URL points when it begins.
func TestURLOfAHandle(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	u := parsed(t, s.URL("/reply?body=one"))
	h := handleWith(t, opt.URL(s.URL("/reply?body=text")))
	setURL(t, h, u)
	setURL(t, h, u) // again changes nothing
	arrives(t, h, "one")
	wantInfo(t, h, info.EffectiveURL, s.URL("/reply?body=one"))
	setPart(t, u, curl.PartQuery, "body=two")
	arrives(t, h, "two")
	wantInfo(t, h, info.EffectiveURL, s.URL("/reply?body=two"))
	setAll(t, h, opt.URL(s.URL("/reply?body=three")))
	arrives(t, h, "three")
	wantInfo(t, h, info.EffectiveURL, s.URL("/reply?body=three"))
	setURL(t, h, u)
	arrives(t, h, "two")
	other := parsed(t, s.URL("/reply?body=other"))
	setURL(t, h, other)
	arrives(t, h, "other")
	if u.Close() != nil || u.String() != "" {
		t.Error("a URL that is attached no more is still held")
	}
}

// What leaves a handle without a URL leaves it without the one before as well.
func TestURLLeavesAHandle(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, leave := range map[string]func(h *curl.Easy, u *curl.URL) error{
		"SetURL(nil)": func(h *curl.Easy, u *curl.URL) error { return h.SetURL(nil) },
		"Unset CURLU": func(h *curl.Easy, u *curl.URL) error { return h.Unset(opt.IDCURLU) },
		"Unset URL":   func(h *curl.Easy, u *curl.URL) error { return h.Unset(opt.IDURL) },
		"Reset":       func(h *curl.Easy, u *curl.URL) error { return h.Reset() },
		"Close":       func(h *curl.Easy, u *curl.URL) error { return u.Close() },
	} {
		for _, used := range []bool{false, true} {
			u := parsed(t, s.URL("/reply?body=u"))
			h := handleWith(t, opt.URL(s.URL("/")))
			setURL(t, h, u)
			if used {
				arrives(t, h, "u")
			}
			if err := leave(h, u); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := h.Perform(bounded(t)); !errors.Is(err, codes.URLMalformed) {
				t.Errorf("%s, used before: %v: Perform says %v", name, used, err)
			}
			if err := u.Close(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			setAll(t, h, opt.URL(s.URL("/")))
			arrives(t, h, "hello\n")
		}
	}
}

func TestURLOfManyHandles(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	u := parsed(t, s.URL("/reply?body=1"))
	a, b := handleWith(t), handleWith(t)
	setURL(t, a, u)
	setURL(t, b, u)
	arrives(t, a, "1")
	c, err := a.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	setPart(t, u, curl.PartQuery, "body=2")
	arrives(t, a, "2")
	arrives(t, b, "2")
	arrives(t, c, "2") // a clone is attached, too
	a.Close()
	arrives(t, b, "2")
	if err := u.Close(); err != nil {
		t.Error(err)
	}
	for _, h := range []*curl.Easy{b, c} {
		if err := h.Perform(bounded(t)); !errors.Is(err, codes.URLMalformed) {
			t.Error(err)
		}
	}
}

// While a transfer is in flight the URL can be read, by its callbacks too, and neither changed nor closed.
func TestURLInFlight(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	u := parsed(t, s.URL("/slow"))
	var inside []error
	h := handleWith(t, opt.WriteFunction(func([]byte) error {
		inside = append(inside, u.Set(curl.PartPath, "/x"), u.Close())
		if text := u.String(); text != s.URL("/slow") && text != s.URL("/") {
			t.Error(text)
		}
		return nil
	}))
	idle := handleWith(t)
	setURL(t, h, u)
	setURL(t, idle, u)
	done := make(chan error, 1)
	go func() { done <- h.Perform(bounded(t)) }()
	within(t, "the request", s.Gate("").Arrived(1))
	for i, err := range []error{u.Set(curl.PartPath, "/x"), u.Unset(curl.PartQuery), u.Parse(s.URL("/")), u.Close(), h.SetURL(nil)} {
		var e *curl.StateError
		if !errors.Is(err, curl.ErrBusy) || !errors.As(err, &e) || e.State != "in flight" {
			t.Errorf("call %d in flight: %v", i, err)
		}
	}
	if c, err := u.Clone(); err != nil {
		t.Error(err)
	} else {
		setPart(t, c, curl.PartPath, "/x")
		c.Close()
	}
	setURL(t, idle, nil) // does not touch the other's
	s.Gate("").Open()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if len(inside) == 0 {
		t.Error("the write function was not called")
	}
	for _, err := range inside {
		if !errors.Is(err, curl.ErrBusy) {
			t.Errorf("in the own callback: %v", err)
		}
	}
	setPart(t, u, curl.PartPath, "/")
	if err := h.Perform(bounded(t)); err != nil {
		t.Error(err)
	}
}

func TestURLRefusals(t *testing.T) {
	t.Parallel()
	u := parsed(t, "http://h/")
	h := handleWith(t)
	u.Close()
	var e *curl.StateError
	for _, u := range []*curl.URL{u, {}} {
		if err := h.SetURL(u); !errors.Is(err, curl.ErrURLClosed) || !errors.As(err, &e) || e.Op != "SetURL" {
			t.Error(err)
		}
	}
	h.Close()
	if err := h.SetURL(parsed(t, "http://h/")); !errors.Is(err, curl.ErrClosed) || errors.Is(err, curl.ErrURLClosed) || !errors.As(err, &e) || e.Op != "SetURL" {
		t.Error(err)
	}
	var own *curl.OwnedError
	if err := handleWith(t).Set(opt.RawString(opt.IDCURLU, "x")); !errors.As(err, &own) || own.Owner != "curl.Easy.SetURL" {
		t.Error(err)
	}
}

// An incomplete URL fails the transfer, not the attachment: it can be completed afterwards.
func TestURLIncomplete(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t)
	u, err := curl.NewURL()
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	setURL(t, h, u)
	if err := h.Perform(bounded(t)); !errors.Is(err, codes.URLMalformed) {
		t.Error(err)
	}
	if err := u.Parse(s.URL("/")); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
}

// The handle keeps a URL that its user has dropped, and a URL does not keep a handle.
func TestURLDropped(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t)
	gone := make(chan struct{})
	func() {
		u, err := curl.ParseURL(s.URL("/"))
		if err != nil {
			t.Fatal(err)
		}
		runtime.AddCleanup(u, func(c chan struct{}) { close(c) }, gone)
		setURL(t, h, u)
	}()
	reached(t, "the end of the URL's outer side", func() bool { return isDone(gone) })
	arrives(t, h, "hello\n")

	drops := countDrops(t)
	u := parsed(t, s.URL("/"))
	func() {
		h, err := curl.New()
		if err != nil {
			t.Fatal(err)
		}
		setURL(t, h, u)
		perform(t, h)
	}()
	reached(t, "the drop of the handle", func() bool { return drops.n.Load() == 1 })
	setPart(t, u, curl.PartPath, "/x")
}

// The proxy that the environment names for the scheme, and the connection that an Engine has for the host, are those of
// the parsed URL.
func TestURLDecidesAboutTheProxy(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("http_proxy", p.URL())
	h := handleWith(t, opt.URL("https://elsewhere.invalid/"))
	setURL(t, h, parsed(t, s.URL("/")))
	arrives(t, h, "hello\n")
	if n := len(p.Passed()); n != 1 {
		t.Errorf("%d requests came through the proxy", n)
	}
}

func TestURLOfMultiMembersAndEngines(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	u := parsed(t, s.URL("/reply?body=1"))
	m := newMulti(t)
	got := ""
	h := easy(t, opt.WriteFunction(func(p []byte) error {
		got += string(p)
		if err := u.Set(curl.PartPath, "/x"); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("in a member's callback: %v", err)
		}
		return nil
	}))
	setURL(t, h, u)
	addAll(t, m, h)
	setPart(t, u, curl.PartQuery, "body=2") // it waits for its start
	runAll(t, m)
	if got != "2" {
		t.Errorf("%q", got)
	}
	setPart(t, u, curl.PartQuery, "body=3") // it is done
	if err := m.Remove(h); err != nil {
		t.Fatal(err)
	}

	g, err := curl.NewEngine(curl.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(bounded(t))
	on := easy(t)
	setURL(t, on, u)
	if err := g.Attach(on); err != nil {
		t.Fatal(err)
	}
	arrives(t, on, "3")
	setPart(t, u, curl.PartQuery, "body=4")
	body, err := on.Open(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Close(); !errors.Is(err, curl.ErrBusy) {
		t.Errorf("with a body open: %v", err)
	}
	body.Close()
}

// A transfer that is stopped while a resolver hangs can leave its C handle behind, and another one goes on. The URL stays, can be
// changed at once, and goes when it is closed.
func TestURLOutlivesAResolver(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		u := parsed(t, hanging)
		h := handleWith(t)
		setURL(t, h, u)
		stopPerform(t, h, phase{reached: r.Asked(1)}, stops[0])
		if err := u.Parse(s.URL("/")); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
		if err := u.Parse(hanging); err != nil {
			t.Fatal(err)
		}
		stopPerform(t, h, phase{reached: r.Asked(2)}, stops[0])
		if err := u.Close(); err != nil {
			t.Fatal(err)
		}
		r.Release()
		if err := h.Perform(bounded(t)); !errors.Is(err, codes.URLMalformed) {
			t.Error(err)
		}
	})
}
