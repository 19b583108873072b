package curl_test

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// logCount counts what a debug function gets. The first line is held until leave is closed.
type logCount struct {
	entered, leave chan struct{}
	in, out, lines int
	missed         int
}

func (l *logCount) debug(kind opt.DebugKind, data []byte) {
	if l.lines++; l.lines == 1 && l.entered != nil {
		close(l.entered)
		<-l.leave
	}
	switch kind {
	case opt.DebugDataIn:
		l.in += len(data)
	case opt.DebugDataOut:
		l.out += len(data)
	case opt.DebugText:
		if n, _, ok := strings.Cut(string(data), " log lines are left out"); ok {
			l.missed, _ = strconv.Atoi(n)
		}
	}
}

// ledEngine is an engine of one shard that somebody leads all the time, whatever the callbacks of others do.
func ledEngine(t *testing.T, s *testserver.HTTP) *curl.Engine {
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	gate := s.Gate("led")
	ended := begin(t, engineHandle(t, g, opt.URL("http://"+s.Addr()+"/hang?gate=led")))
	t.Cleanup(func() {
		gate.Open()
		<-ended
	})
	within(t, "the one that leads", gate.Arrived(1))
	return g
}

// The log lines of a transfer without a write function, which show all data, were kept without a bound while the debug function
// took its time; so were those of a large POST.
func TestEngineKeepsABoundedLog(t *testing.T) {
	const size, most = 24 << 20, 8 << 20 // what has come, or gone, is in the log, in libcurl or on its way
	for name, config := range map[string]testserver.HTTPConfig{"http": {}, "h2": {TLS: true}} {
		s := testserver.NewHTTP(t, config)
		g := ledEngine(t, testserver.NewHTTP(t, testserver.HTTPConfig{}))
		for what, options := range map[string][]opt.Option{
			"received": {opt.URL(s.URL("/bytes/" + strconv.Itoa(size)))},
			"sent":     {opt.URL(s.URL("/upload")), opt.PostFields(make([]byte, size))},
		} {
			log := &logCount{entered: make(chan struct{}), leave: make(chan struct{})}
			h := engineHandle(t, g, append(options, opt.Verbose(true), opt.DebugFunction(log.debug))...)
			beside := engineHandle(t, g, opt.URL(s.URL("/")))
			if config.TLS {
				set(t, h, opt.CAInfo(s.CAFile(t)))
				set(t, beside, opt.CAInfo(s.CAFile(t)))
			}
			ended := begin(t, h)
			within(t, "the first line", log.entered)
			for range 200 { // each is some turns for the other
				arrives(t, beside, "hello\n")
			}
			if n := infoOf(t, h, info.SizeDownload) + infoOf(t, h, info.SizeUpload); n > most {
				t.Errorf("%s: %d bytes are %s while the debug function looks at its first line", name, n, what)
			}
			close(log.leave)
			if err := within(t, "the end", ended); err != nil {
				t.Errorf("%s: %s: %v", name, what, err)
			}
			if got := map[string]int{"received": log.in, "sent": log.out}[what]; got < size || log.missed != 0 {
				t.Errorf("%s: of what was %s the log has %d bytes, and left out %d lines", name, what, got, log.missed)
			}
		}
	}
}

// What a callback holds back may wait for the end of what is sent: so that is not paused for the log.
func TestEngineLogHoldsUpNoUploadBehindAPause(t *testing.T) {
	onlyShared(t)
	const size = 40 << 20
	taken := make(chan struct{})
	s := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.NewResponseController(w).EnableFullDuplex()
		w.Write([]byte("1"))
		http.NewResponseController(w).Flush()
		if n, err := io.Copy(io.Discard, r.Body); n != size || err != nil {
			t.Errorf("the server has got %d bytes, %v", n, err)
		}
		close(taken)
		w.Write([]byte("2"))
	})})
	g := ledEngine(t, s)
	var log logCount
	var h *curl.Easy
	var body strings.Builder
	paused := false
	h = engineHandle(t, g, opt.URL(s.URL("/own/slow")), opt.PostFields(make([]byte, size)), opt.HTTPHeader([]string{"Expect:"}),
		opt.Verbose(true), opt.DebugFunction(log.debug), opt.WriteFunction(func(p []byte) error {
			if !paused {
				paused = true
				go func() {
					<-taken
					h.Resume(curl.Receiving)
				}()
				return opt.ErrPause
			}
			body.Write(p)
			return nil
		}))
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if body.String() != "12" || log.missed == 0 || log.out < 16<<20 || log.out > 32<<20 { // not all of it
		t.Errorf("the body is %q; the log has %d bytes, and left out %d lines", body.String(), log.out, log.missed)
	}
}
