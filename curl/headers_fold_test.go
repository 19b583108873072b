package curl_test

import (
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// respondsOnce serves a response on each connection, and the last one from then on.
func respondsOnce(t *testing.T, responses ...string) *testserver.ScriptServer {
	t.Helper()
	var scripts []testserver.Script
	for _, r := range responses {
		scripts = append(scripts, testserver.Script{testserver.ExpectHead(), testserver.Send(r)})
	}
	return testserver.NewScript(t, scripts...)
}

const (
	usualResponse  = "HTTP/1.1 200 OK\r\nX-Last: of this response\r\nConnection: close\r\n\r\nok"
	foldedResponse = "HTTP/1.1 200 OK\r\n\tX-First: continues nothing\r\nConnection: close\r\n\r\nok"
)

// A server could have libcurl 7.84.0 to 8.0.1 write to freed memory: under -asan this test ended the process.
func TestAFirstHeaderThatIsFolded(t *testing.T) {
	var shown []string
	quiet := []opt.Option{opt.Verbose(false)}
	for name, c := range map[string]struct {
		options []opt.Option
		folded  string
	}{
		"plain":           {nil, foldedResponse},
		"verbose":         {[]opt.Option{opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {})}, foldedResponse},
		"not verbose":     {append(quiet, opt.DebugFunction(func(k opt.DebugKind, p []byte) { t.Errorf("not verbose, and told %v %q", k, p) })), foldedResponse},
		"header function": {[]opt.Option{opt.HeaderFunction(func(p []byte) error { shown = append(shown, string(p)); return nil })}, foldedResponse},
		"headers in body": {[]opt.Option{opt.Header(true)}, foldedResponse},
		"after nothing":   {nil, "HTTP/1.1 103 Early Hints\r\n\r\n" + foldedResponse},
		"after something": {nil, "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + foldedResponse},
	} {
		t.Run(name, func(t *testing.T) {
			s := respondsOnce(t, usualResponse, c.folded, usualResponse)
			h := handleWith(t, append(c.options, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"))...)
			perform(t, h)
			shown = nil
			perform(t, h)
			if len(shown) > 1 && strings.TrimLeft(shown[1], "\t") != "X-First: continues nothing\r\n" {
				t.Errorf("the header function is shown %q", shown)
			}
			header, err := h.Header("X-First", curl.FromHeader)
			switch {
			case lacksHeaders(t, err) || olderThan(t, 0x075400):
			case header.Value != "continues nothing":
				t.Errorf("X-First is %q", header.Value)
			}
			perform(t, h)
		})
	}
}

// Whoever listens for the first header must let the rest be, and hear nothing but what its user is to hear.
func TestHeadersThatAreFolded(t *testing.T) {
	s := respondsOnce(t, usualResponse, "HTTP/1.1 200 OK\r\nX-One: a\r\n b\r\n\tc\r\nConnection: close\r\n\r\nok")
	var lines strings.Builder
	h := handleWith(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"))
	perform(t, h)
	setAll(t, h, opt.HeaderFunction(func(p []byte) error { lines.Write(p); return nil }))
	arrives(t, h, "ok")
	if got := lines.String(); !strings.HasPrefix(got, "HTTP/1.1 200 OK\r\nX-One: a") || !strings.Contains(strings.ReplaceAll(got, "\r\n", ""), " b\tc") &&
		!strings.Contains(got, "X-One: a b c\r\n") { // unfolded since 8.21
		t.Errorf("the lines are %q", got)
	}
	header, err := h.Header("X-One", curl.FromHeader)
	if lacksHeaders(t, err) || olderThan(t, 0x075400) {
		return
	}
	if header.Value != "a b c" && header.Value != "a b\tc" {
		t.Errorf("X-One is %q", header.Value)
	}
}

// Set by a callback between the status line and the first header, these are what they say.
func TestVerboseIsSetBeforeTheFirstHeader(t *testing.T) {
	privately(t, "the header function is called when libcurl has gone on")
	for _, on := range []bool{true, false} {
		s := respondsOnce(t, usualResponse, "HTTP/1.1 200 OK\r\nX-One: a\r\nConnection: close\r\n\r\nok")
		h := handleWith(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"), opt.Verbose(!on))
		said := ""
		status := true
		setAll(t, h, opt.DebugFunction(func(k opt.DebugKind, p []byte) {
			if !status && k == opt.DebugHeaderIn {
				said += string(p)
			}
		}), opt.HeaderFunction(func([]byte) error {
			if !status {
				return nil
			}
			status = false
			return h.Set(opt.Verbose(on))
		}))
		for range 2 {
			said, status = "", true
			perform(t, h)
			if heard := strings.Contains(said, "X-"); heard != on {
				t.Errorf("verbose %v, and told %q", on, said)
			}
			setAll(t, h, opt.Verbose(!on))
		}
	}
}

// After a pause libcurl hands over what it has kept meanwhile, without showing it to the debug function again.
func TestAFirstHeaderThatIsFoldedAfterAPause(t *testing.T) {
	privately(t, "the functions are called when libcurl has gone on")
	const early = "HTTP/1.1 103 Early Hints\r\n\r\n"
	for name, c := range map[string]struct {
		now, later string
		calls      int // the pause is the answer to the last of so many
		body       bool
	}{
		"of the status line":              {"HTTP/1.1 200 OK\r\n", "\tX-First: continues nothing\r\nConnection: close\r\n\r\nok", 1, false},
		"of the status line, all at once": {foldedResponse, "", 1, false},
		"of the end of another response":  {early + strings.TrimSuffix(foldedResponse, "ok"), "ok", 2, false},
		"before another response":         {early, foldedResponse, 1, false},
		"of a status line in the body":    {foldedResponse, "", 1, true},
		"of a header in the body":         {foldedResponse, "", 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			resumed := testserver.NewGate()
			s := testserver.NewScript(t, testserver.Script{testserver.ExpectHead(), testserver.Send(usualResponse)},
				testserver.Script{testserver.ExpectHead(), testserver.Send(c.now), testserver.Wait(resumed), testserver.Send(c.later)})
			h := handleWith(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"), opt.Header(c.body))
			perform(t, h)
			calls, lines, paused := 0, "", make(chan struct{})
			f := func(p []byte) error {
				calls++
				switch calls {
				case c.calls:
					close(paused)
					return opt.ErrPause
				case c.calls + 1:
					resumed.Open()
				}
				lines += string(p)
				return nil
			}
			if c.body {
				setAll(t, h, opt.WriteFunction(f))
			} else {
				setAll(t, h, opt.HeaderFunction(f))
			}
			result := begin(t, h)
			within(t, "the pause", paused)
			if err := h.Resume(curl.Receiving); err != nil {
				t.Error(err)
			}
			if err := within(t, "the end", result); err != nil {
				t.Fatal(err)
			}
			if strings.Count(lines, "HTTP/1.1 200 OK\r\n") != 1 || strings.Count(lines, "X-First: continues nothing") != 1 {
				t.Errorf("the lines are %q", lines)
			}
			header, err := h.Header("X-First", curl.FromHeader)
			if !lacksHeaders(t, err) && !olderThan(t, 0x075400) && header.Value != "continues nothing" {
				t.Errorf("X-First is %q", header.Value)
			}
		})
	}
}

// Headers that go on are as they came, also when they have waited for the end of a pause together.
func TestFoldedHeadersAfterAPause(t *testing.T) {
	privately(t, "the function is called when libcurl has gone on")
	const response = "HTTP/1.1 200 OK\r\nX-One: a\r\n b\r\n\tc\r\nConnection: close\r\n\r\n"
	s := respondsOnce(t, response+"ok")
	h := handleWith(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"))
	lines, paused := "", make(chan struct{})
	setAll(t, h, opt.HeaderFunction(func(p []byte) error {
		if paused != nil {
			close(paused)
			paused = nil
			return opt.ErrPause
		}
		lines += string(p)
		return nil
	}))
	pause := paused
	result := begin(t, h)
	within(t, "the pause", pause)
	if err := h.Resume(curl.Receiving); err != nil {
		t.Error(err)
	}
	if err := within(t, "the end", result); err != nil {
		t.Fatal(err)
	}
	if lines != response && !strings.Contains(lines, "X-One: a b c\r\n") { // unfolded since 8.21
		t.Errorf("the lines are %q", lines)
	}
}

// What a proxy answers to CONNECT is kept without being looked at: its first line can be anything, and its second a blank.
func TestAFirstHeaderOfATunnelThatIsFolded(t *testing.T) {
	if n := version(t).Num; n < 0x075400 || n >= 0x080100 {
		t.Skip("this libcurl makes of it what it will")
	}
	for name, head := range map[string]string{
		"after a number": "200 OK\r\n\tX-First: continues nothing\r\nHTTP/1.1 200 so: be it\r\n\r\n",
		"after a blank":  "HTTP/1.1 200 OK\r\n \r\n\tX-First: continues nothing\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			tunnel := func(head string) testserver.Script {
				return testserver.Script{testserver.ExpectHead(), testserver.Send(head), testserver.ExpectHead(), testserver.Send(usualResponse)}
			}
			usual := "HTTP/1.1 200 OK\r\nX-Last: of this response\r\n\r\n"
			s := testserver.NewScript(t, tunnel(usual), tunnel(head), tunnel(usual))
			h := handleWith(t, opt.URL("http://example.test/"), opt.Proxy("http://"+s.Addr()), opt.HTTPProxyTunnel(true))
			perform(t, h)
			perform(t, h)
			if header, err := h.Header("X-First", curl.FromConnect); err != nil || header.Value != "continues nothing" {
				t.Errorf("X-First is %q, %v", header.Value, err)
			}
			perform(t, h)
		})
	}
}
