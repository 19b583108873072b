package curl_test

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Printing an object showed its fields, which fmt reads without a lock: a data race with whoever uses it, and the closures and
// texts that were set.
func TestPrintingAMultiEngineOrShareReadsNoFields(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/bytes/10")), opt.UserPassword("me:secret"))
	m, engine, share := newMulti(t), newEngine(t, curl.EngineConfig{}), newShare(t, curl.ShareDNS)
	confined := newConfined(t, curl.ShareCookies)
	form, err := curl.NewMIME(curl.Part{Name: "secret", Text: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	b := opened(t, newHandle(t, opt.URL(s.URL("/bytes/10"))))
	c, err := curl.Dial(bounded(t), s.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	u := parsed(t, "http://me:secret@h/")

	used := make(chan struct{})
	go func() { // what changes their fields
		defer close(used)
		for range 100 {
			h.Set(opt.WriteFunction(func([]byte) error { return nil }), opt.DebugFunction(func(opt.DebugKind, []byte) {}))
			h.SetMIME(form)
			share.Attach(h)
			share.Detach(h)
			engine.Attach(h)
			engine.Detach(h)
			confined.Attach(h)
			confined.Detach(h)
			m.Set(multiopt.MaxConnects(1))
			m.Add(h)
			m.Remove(h)
			b.Read(make([]byte, 1))
			c.Write([]byte("x"))
		}
	}()
	pointer := regexp.MustCompile(`^\(\*curl\.\w+\)\((0x[0-9a-f]+|nil)\)$`)
	show := func(format string, v any) {
		if text := fmt.Sprintf(format, v); !pointer.MatchString(text) {
			t.Errorf("%s of a %T is %s", format, v, text)
		}
	}
	for printing := true; printing; {
		select {
		case <-used:
			printing = false
		default:
		}
		for _, v := range []any{h, m, engine, share, confined, form, b, c} {
			show("%v", v)
			show("%+v", v)
			show("%#v", v)
		}
		show("%#v", u)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("done", "handle", h)
	if !strings.Contains(log.String(), "handle=(*curl.Easy)(0x") {
		t.Errorf("a logger writes %s", log.String())
	}
	for _, v := range []any{
		new(curl.Easy), new(curl.Multi), new(curl.Engine), new(curl.Share), new(curl.ConfinedShare), new(curl.MIME), new(curl.Body), new(curl.Conn),
		new(curl.WebSocket), (*curl.Easy)(nil), (*curl.Multi)(nil), (*curl.Engine)(nil), (*curl.Share)(nil), (*curl.ConfinedShare)(nil),
		(*curl.MIME)(nil), (*curl.Body)(nil), (*curl.Conn)(nil), (*curl.WebSocket)(nil),
	} {
		show("%v", v)
		show("%#v", v)
	}
	show("%#v", (*curl.URL)(nil))
}
