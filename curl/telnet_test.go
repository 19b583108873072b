package curl_test

import (
	"errors"
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// typing is what the read function of a session that goes on for ever can answer.
var typing = map[string][]opt.Option{
	"nobody types":        nil,
	"nothing more":        {opt.ReadFunction(func([]byte) (int, error) { return 0, io.EOF })},
	"typing is paused":    {opt.ReadFunction(func([]byte) (int, error) { return 0, opt.ErrPause })},
	"progress is watched": {opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return nil })},
}

// silent is a TELNET server that greets and says nothing more. The phase is reached when the greeting is there.
func silent(t testing.TB, options []opt.Option) phase {
	if !speaks(t, "telnet") {
		t.Skip("this libcurl has no TELNET")
	}
	gate := testserver.NewGate()
	t.Cleanup(gate.Open)
	s := testserver.NewScript(t, testserver.Script{testserver.Send("login: "), testserver.Wait(gate)})
	greeted, greet := signal()
	return phase{append([]opt.Option{opt.URL("telnet://" + s.Addr()), opt.NoProxy("*"), opt.WriteFunction(func([]byte) error {
		greet()
		return nil
	})}, options...), greeted, gate.Open}
}

// Nothing comes from the server any more, and nothing but our side can end the session.
func TestTelnetStopped(t *testing.T) {
	for name, options := range typing {
		t.Run(name, func(t *testing.T) {
			for _, s := range stops {
				t.Run(s.name, func(t *testing.T) {
					stoppedIn(t, func(t testing.TB) phase { return silent(t, options) }, s)
				})
			}
		})
	}
}

func TestTelnetStoppedInAConfinedShare(t *testing.T) {
	p := silent(t, nil)
	h := newHandle(t, p.options...)
	share := newConfined(t, curl.ShareCookies)
	attach(t, share, h)
	stopPerform(t, h, p, stops[0])
}

func TestTelnetStoppedInAMulti(t *testing.T) {
	p := silent(t, nil)
	h := newHandle(t, p.options...)
	m := newMulti(t)
	addAll(t, m, h)
	messages := make(chan []curl.Message, 1)
	go func() { messages <- runAll(t, m) }()
	await(t, "the greeting", p.reached)
	promptly(t, "Cancel", func() { h.Cancel() })
	if all := within(t, "the end", messages); len(all) != 1 || !errors.Is(all[0].Err, curl.ErrCancelled) {
		t.Errorf("%v", all)
	}
}

// Whoever asks about a session need not wait for its end.
func TestTelnetAnswersWhileItWaits(t *testing.T) {
	for name, options := range typing {
		t.Run(name, func(t *testing.T) {
			p := silent(t, options)
			h := handleWith(t, p.options...)
			ended := begin(t, h)
			await(t, "the greeting", p.reached)
			promptly(t, "Info", func() {
				if n, err := curl.Info(h, info.SizeDownload); err != nil || n == 0 {
					t.Errorf("%d bytes, %v", n, err)
				}
			})
			h.Cancel()
			<-ended
		})
	}
}

// longSession sends more than what is kept for a reader before a pause. The client may go before its end.
func longSession(t *testing.T) (url string, want string) {
	if !speaks(t, "telnet") {
		t.Skip("this libcurl has no TELNET")
	}
	const size = 1 << 20
	s := testserver.NewScript(t, testserver.Script{testserver.Do("a long session", func(c *testserver.ScriptConn) error {
		_, _ = io.Copy(c, testserver.NewPatternReader(size))
		return nil
	})})
	return "telnet://" + s.Addr(), string(testserver.PatternBytes(size))
}

// A session is read to its end however it is read, also when there is nothing to type.
func TestTelnetArrivesWhole(t *testing.T) {
	url, want := longSession(t)
	h := handleWith(t, opt.URL(url), opt.NoProxy("*"))
	arrives(t, h, want)
	body, err := h.Open(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if got, err := io.ReadAll(body); err != nil || string(got) != want {
		t.Errorf("a reader gets %d bytes, %v", len(got), err)
	}
	confined := newConfined(t, curl.ShareCookies)
	own := newHandle(t, opt.URL(url), opt.NoProxy("*"))
	attach(t, confined, own)
	arrives(t, own, want)
	if _, err := own.Open(bounded(t)); !errors.Is(err, curl.ErrConfined) {
		t.Errorf("Open in a confined share: %v", err)
	}
}

// What libcurl receives while a session is paused it would lose at the end, and say that all is well.
func TestTelnetCannotPause(t *testing.T) {
	url, want := longSession(t)
	h := handleWith(t, opt.URL(url), opt.NoProxy("*"), opt.WriteFunction(func([]byte) error { return opt.ErrPause }))
	if err := h.Perform(bounded(t)); !errors.Is(err, opt.ErrPause) || !errors.Is(err, codes.WriteError) {
		t.Errorf("ErrPause: %v", err)
	}
	set(t, h, opt.WriteFunction(func([]byte) error { return h.Pause(curl.Receiving) }))
	if err := h.Perform(bounded(t)); !errors.Is(err, opt.ErrPause) {
		t.Errorf("Pause between two pieces: %v", err)
	}
	called := false
	set(t, h, opt.WriteFunction(func([]byte) error { called = true; return nil }),
		opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, h.Pause(curl.Receiving) }))
	if err := h.Perform(bounded(t)); !errors.Is(err, opt.ErrPause) || called {
		t.Errorf("Pause before the connection: %v", err)
	}
	set(t, h, opt.SockOptFunction(nil))
	arrives(t, h, want)
}
