package curl_test

import (
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiPausedStreamLeavesNothingForTheNextBody: libcurl keeps what a callback did not take. When the transfer ends while
// others use its connection, some releases do not drop that, and it is the beginning of what comes after the next pause.
func TestMultiPausedStreamLeavesNothingForTheNextBody(t *testing.T) {
	t.Run("taken out", func(t *testing.T) { nextBodyOfAPausedStream(t, 0) })
	t.Run("timed out", func(t *testing.T) { nextBodyOfAPausedStream(t, 100*time.Millisecond) })
}

func nextBodyOfAPausedStream(t *testing.T, limit time.Duration) {
	if !version(t).Features.Has(curl.FeatureHTTP2) {
		t.Skip("this libcurl has no HTTP/2")
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	m := newMulti(t)
	common := []opt.Option{opt.HTTPVersion(opt.HTTPVer2TLS), opt.CAInfo(s.CAFile(t)), opt.PipeWait(true)}
	waitingMember(t, s, m, "other", common...)
	paused, body := false, ""
	h := stateEasy(t, append(common, opt.URL(s.URL("/slow?gate=paused")), opt.Timeout(limit), opt.WriteFunction(func([]byte) error {
		paused = true
		return opt.ErrPause
	}))...)
	addAll(t, m, h)
	runUntil(t, m, "the pause", func() bool { return paused })
	if limit > 0 {
		runUntil(t, m, "the timeout", func() bool { _, over := m.InfoRead(); return over })
	}
	if err := m.Remove(h); err != nil {
		t.Fatal(err)
	}
	paused = false
	setAll(t, h, opt.URL(s.URL("/")), opt.Timeout(0), opt.WriteFunction(func(p []byte) error {
		if !paused {
			paused = true
			go h.Resume(curl.Receiving)
			return opt.ErrPause
		}
		body += string(p)
		return nil
	}))
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if body != "hello\n" {
		t.Errorf("%q", body)
	}
}
