package curl_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl reports a name that it replaces while it holds the lock of the names. PycURL's debug function, called there,
// waits for its own thread when it runs another member.
func TestDebugFunctionRunsAMemberWhileNamesChange(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newShare(t, curl.ShareDNS)
	url, known := secretName(s, "replaced")
	inner := easy(t, opt.URL(url))
	inside := 0
	outer := easy(t, known, opt.URL(url), opt.Verbose(true), opt.DebugFunction(func(_ opt.DebugKind, line []byte) {
		if !discarded(line) {
			return
		}
		inside++
		promptly(t, "Perform of another member", func() { perform(t, inner) })
	}))
	attach(t, share, outer, inner)
	perform(t, outer)
	if inside != 0 {
		t.Fatalf("the name was replaced %d times at first", inside)
	}
	setAll(t, outer, known) // once more, so that the one in the cache is replaced
	promptly(t, "Perform", func() { perform(t, outer) })
	if inside != 1 {
		t.Errorf("libcurl reported %d times that it replaced the name", inside)
	}
}

// The lines that libcurl says under a lock come in order, and each once.
func TestDebugLinesUnderALock(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newShare(t, curl.ShareDNS)
	port := strconv.Itoa(s.Port())
	const names = 100
	var known []string
	for i := range names {
		known = append(known, "n"+strconv.Itoa(i)+".server.test:"+port+":127.0.0.1")
	}
	var replaced []string
	h := easy(t, opt.URL(s.URL("/")), opt.Resolve(known), opt.Verbose(true), opt.DebugFunction(func(_ opt.DebugKind, line []byte) {
		if name, ok := strings.CutPrefix(string(line), "RESOLVE "); ok && strings.Contains(name, "discarded") {
			name, _, _ = strings.Cut(name, ".")
			replaced = append(replaced, name)
		}
	}))
	attach(t, share, h)
	perform(t, h)
	setAll(t, h, opt.Resolve(known))
	perform(t, h)
	if len(replaced) != names {
		t.Fatalf("%d lines for %d names", len(replaced), names)
	}
	for i, name := range replaced {
		if name != "n"+strconv.Itoa(i) {
			t.Fatalf("line %d is about %s", i, name)
		}
	}
}

// One member stores cookies and reports each under the cookies' lock, another one lists them, on two goroutines and in
// the debug function itself. PycURL freezes in either case.
func TestCookieListBesideDebugFunction(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	share := newConfined(t, curl.ShareCookies)
	reader := easy(t)
	list := func() int { return len(infoOf(t, reader, info.CookieList)) }
	seen, n := 0, 0
	writer := easy(t, opt.CookieFile(""), opt.Verbose(true), opt.DebugFunction(func(_ opt.DebugKind, line []byte) {
		if strings.Contains(string(line), "cookie") {
			seen++
			promptly(t, "Info of another member", func() { n = max(n, list()) })
		}
	}))
	attach(t, share, reader, writer)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				list()
			}
		}
	}()
	const rounds = 100
	for i := range rounds {
		setAll(t, writer, opt.URL(s.URL("/cookies?c"+strconv.Itoa(i)+"=1")), opt.CookieList("Set-Cookie: dropped"))
		promptly(t, "Perform", func() { perform(t, writer) })
	}
	close(stop)
	within(t, "the end of the other goroutine", done)
	if got := list(); got != rounds {
		t.Errorf("the other member lists %d cookies of %d", got, rounds)
	}
	if seen < rounds || n == 0 {
		t.Errorf("the debug function has heard of cookies %d times, and seen %d of them", seen, n)
	}
}

// discarded says whether libcurl reports a name that it replaces, which it does under the lock of the names.
func discarded(line []byte) bool { return strings.Contains(string(line), "addresses discarded") }
