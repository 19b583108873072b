package curl_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestEngineCallbacksComeInOrder(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	var order strings.Builder
	note := func(c byte) {
		if o := order.String(); o == "" || o[len(o)-1] != c {
			order.WriteByte(c)
		}
	}
	var h *curl.Easy
	h = engineHandle(t, g, opt.URL(s.URL("/trailers")), opt.HeaderFunction(func(line []byte) error {
		note('h')
		status, err := curl.Info(h, info.ResponseCode)
		if err == nil && status != 200 {
			t.Errorf("the status in a header function is %d", status)
		}
		return err
	}), opt.WriteFunction(func([]byte) error {
		note('b')
		if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Perform in its own callback: %v", err)
		}
		return nil
	}))
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if got := order.String(); got != "hbh" {
		t.Errorf("the order is %q, want headers, body, trailers", got)
	}
}

// A callback that waits holds up nobody: neither those whose goroutines wait, nor those that begin meanwhile.
func TestEngineCallbackHoldsUpNobody(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	entered, leave := make(chan struct{}), make(chan struct{})
	blocked := engineHandle(t, g, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		close(entered)
		<-leave
		return nil
	}))
	waiting := engineHandle(t, g, opt.URL(s.URL("/hang")))
	ended, waited := make(chan error, 1), make(chan error, 1)
	go func() { waited <- waiting.Perform(bounded(t)) }()
	within(t, "the request of the other", s.Gate("").Arrived(1))
	go func() { ended <- blocked.Perform(bounded(t)) }()
	within(t, "the callback", entered)
	for range 10 {
		arrives(t, engineHandle(t, g, opt.URL(s.URL("/bytes/3000"))), pattern(3000))
	}
	s.Gate("").Open()
	if err := within(t, "the end of the one that was waiting", waited); err != nil {
		t.Error(err)
	}
	close(leave)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// In a callback any other handle of the same engine can be performed.
func TestEngineCallbackPerformsAnother(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	inner := engineHandle(t, g, opt.URL(s.URL("/bytes/300000")))
	calls := 0
	outer := engineHandle(t, g, opt.URL(s.URL("/bytes/300000")), opt.WriteFunction(func([]byte) error {
		calls++
		body, err := inner.Fetch(bounded(t))
		if err == nil && len(body) != 300000 {
			t.Errorf("%d bytes", len(body))
		}
		return err
	}))
	if err := outer.Perform(bounded(t)); err != nil || calls == 0 {
		t.Errorf("%v, after %d calls", err, calls)
	}
}

func TestEngineCallbackErrors(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	mine := errors.New("mine")
	for _, c := range []struct {
		name string
		set  []opt.Option
		code codes.Easy
	}{
		{"write", []opt.Option{opt.WriteFunction(func([]byte) error { return mine })}, codes.WriteError},
		{"header", []opt.Option{opt.HeaderFunction(func([]byte) error { return mine })}, codes.WriteError},
		{"read", []opt.Option{opt.Upload(true), opt.ReadFunction(func([]byte) (int, error) { return 0, mine })}, codes.AbortedByCallback},
		{"progress", []opt.Option{opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return mine })}, codes.AbortedByCallback},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := engineHandle(t, g, append(c.set, opt.URL(s.URL("/upload")))...)
			if err := h.Perform(bounded(t)); !errors.Is(err, mine) || !errors.Is(err, c.code) {
				t.Errorf("the error is %v, want %v because of mine", err, c.code)
			}
		})
	}
	h := engineHandle(t, g, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { panic("boom") }))
	func() {
		defer func() {
			p, ok := recover().(*curl.CallbackPanic)
			if !ok || p.Value != "boom" || !bytes.Contains(p.Stack, []byte("TestEngineCallbackErrors")) {
				t.Errorf("the panic is %v", p)
			}
		}()
		h.Perform(bounded(t))
	}()
	setAll(t, h, opt.WriteFunction(nil))
	perform(t, h)
}

// Goexit in a callback that was played takes along its goroutine and nothing else, not even the handle.
func TestEngineSurvivesGoexit(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	other := engineHandle(t, g, opt.URL(s.URL("/hang")))
	ended := make(chan error, 1)
	go func() { ended <- other.Perform(bounded(t)) }()
	within(t, "the request", s.Gate("").Arrived(1))
	before := curl.Abandoned()
	h := engineHandle(t, g, opt.URL(s.URL("/bytes/1000000")), opt.WriteFunction(func([]byte) error { runtime.Goexit(); return nil }))
	exits(t, func() { h.Perform(bounded(t)) })
	if n := curl.Abandoned() - before; n != 0 {
		t.Errorf("%d handles were abandoned", n)
	}
	setAll(t, h, opt.WriteFunction(nil))
	perform(t, h)
	s.Gate("").Open()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestEnginePausesAndResumes(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	const size = 3_000_000
	paused := make(chan struct{}, 1)
	var body bytes.Buffer
	times := 0
	h := engineHandle(t, g, opt.URL(s.URL("/bytes/3000000")), opt.WriteFunction(func(p []byte) error {
		if times++; times%5 == 1 {
			paused <- struct{}{}
			return opt.ErrPause
		}
		body.Write(p)
		return nil
	}))
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(bounded(t)) }()
	for {
		select {
		case <-paused:
			if err := h.Resume(curl.Receiving); err != nil && !errors.Is(err, curl.ErrNotInFlight) {
				t.Fatal(err)
			}
			continue
		case err := <-ended:
			if err != nil || body.Len() != size || !testserver.MatchesPattern(body.Bytes(), 0) {
				t.Errorf("%d bytes, %v", body.Len(), err)
			}
			return
		}
	}
}

func TestEngineUploads(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	const size = 1_000_000
	data := testserver.PatternBytes(size)
	resume := make(chan struct{}, 1)
	reads := 0
	var h *curl.Easy
	in := bytes.NewReader(data)
	h = engineHandle(t, g, opt.URL(s.URL("/echo-body")), opt.Upload(true), opt.ReadFunction(func(p []byte) (int, error) {
		if reads++; reads%4 == 2 {
			resume <- struct{}{}
			return 0, opt.ErrPause
		}
		return in.Read(p[:min(len(p), 50_000)])
	}))
	go func() {
		for range resume {
			h.Resume(curl.Sending)
		}
	}()
	body, err := h.Fetch(bounded(t))
	close(resume)
	if err != nil || !bytes.Equal(body, data) {
		t.Errorf("%d bytes came back, %v", len(body), err)
	}
	setAll(t, h, opt.ReadFunction(func([]byte) (int, error) { return 0, io.EOF }))
	arrives(t, h, "")
}
