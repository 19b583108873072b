package curl_test

//lint:file-ignore SA1019 deprecated options have to work as well

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// live is one transfer during which the handle's own header callback, called with the first line of the response, sets
// an option. What came of it is for the test to see.
type live struct {
	s      *testserver.HTTP
	h      *curl.Easy
	called int // calls of functions that were set during the transfer
	body   string
	err    error
}

// run fetches path with the given options and sets o during the transfer.
func (l *live) run(t *testing.T, path string, o opt.Option, before ...opt.Option) {
	t.Helper()
	l.s = testserver.NewHTTP(t, testserver.HTTPConfig{})
	done := false
	l.h = newHandle(t, opt.URL(l.s.URL(path)), opt.Timeout(20*time.Second),
		opt.WriteFunction(func(p []byte) error { l.body += string(p); return nil }),
		opt.HeaderFunction(func([]byte) error {
			if done {
				return nil
			}
			done = true
			return l.h.Set(o)
		}))
	set(t, l.h, before...)
	l.err = l.h.Perform(t.Context())
}

// Each option that is said to be live has its effect on the transfer that runs.
var liveTests = map[opt.ID]func(t *testing.T, l *live){
	opt.IDAutoReferer: func(t *testing.T, l *live) {
		l.run(t, "/redirect/1", opt.AutoReferer(true), opt.FollowLocation(true))
		check(t, l.s.Requests()[1].Header.Get("Referer") == l.s.URL("/redirect/1"), l)
	},
	opt.IDDebugFunction: func(t *testing.T, l *live) {
		before, late := 0, 0
		l.run(t, "/", opt.DebugFunction(func(opt.DebugKind, []byte) { l.called++ }), opt.Verbose(true),
			opt.DebugFunction(func(opt.DebugKind, []byte) {
				if before++; l.called > 0 {
					late++
				}
			}))
		check(t, before > 0 && l.called > 0 && late == 0, l)
	},
	opt.IDFollowLocation: func(t *testing.T, l *live) {
		l.run(t, "/redirect/1", opt.FollowLocation(true))
		check(t, l.body == "arrived\n", l)
		l.body = ""
		l.run(t, "/redirect/1", opt.FollowLocation(false), opt.FollowLocation(true))
		check(t, l.body != "arrived\n", l)
	},
	opt.IDForbidReuse: func(t *testing.T, l *live) {
		l.run(t, "/", opt.ForbidReuse(true))
		if err := l.h.Perform(t.Context()); err != nil {
			t.Error(err)
		}
		check(t, l.s.Connections() == 2, l)
	},
	opt.IDHeader: func(t *testing.T, l *live) {
		l.run(t, "/", opt.Header(true))
		check(t, strings.Contains(l.body, "Content-Length: ") && strings.HasSuffix(l.body, "hello\n"), l)
	},
	opt.IDHeaderFunction: func(t *testing.T, l *live) {
		l.run(t, "/", opt.HeaderFunction(func([]byte) error { l.called++; return nil }))
		check(t, l.called > 1, l)
	},
	opt.IDLowSpeedLimit: func(t *testing.T, l *live) {
		l.run(t, "/slow", opt.LowSpeedLimit(1000), opt.LowSpeedTime(time.Second))
		checkCode(t, l, codes.OperationTimedOut, "too slow")
	},
	opt.IDLowSpeedTime: func(t *testing.T, l *live) {
		l.run(t, "/slow", opt.LowSpeedTime(time.Second), opt.LowSpeedLimit(1000))
		checkCode(t, l, codes.OperationTimedOut, "too slow")
	},
	opt.IDMaxRedirs: func(t *testing.T, l *live) {
		l.run(t, "/redirect/10", opt.MaxRedirs(2), opt.FollowLocation(true))
		checkCode(t, l, codes.TooManyRedirects, "")
	},
	opt.IDNoProgress: func(t *testing.T, l *live) {
		l.run(t, "/bytes/100000", opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { l.called++; return nil }))
		check(t, l.called > 0, l)
	},
	opt.IDPostRedir: func(t *testing.T, l *live) {
		l.run(t, "/redirect/1?code=301", opt.PostRedir(opt.PostRedirectAll), opt.FollowLocation(true), opt.PostFields([]byte("x")))
		check(t, len(l.s.Requests()) == 2 && l.s.Requests()[1].Method == "POST", l)
	},
	opt.IDProgressFunction: func(t *testing.T, l *live) {
		l.run(t, "/bytes/100000", opt.ProgressFunction(func(_, _, _, _ float64) error { l.called++; return nil }), opt.NoProgress(false))
		check(t, l.called > 0, l)
	},
	opt.IDXferInfoFunction: func(t *testing.T, l *live) {
		l.run(t, "/bytes/100000", opt.XferInfoFunction(func(opt.Progress) error { l.called++; return nil }), opt.NoProgress(false))
		check(t, l.called > 0, l)
	},
	opt.IDAllowedProtocolBits:  narrowing(opt.AllowedProtocolBits(opt.ProtocolHTTPS)),
	opt.IDAllowedProtocols:     narrowing(opt.AllowedProtocols("https")),
	opt.IDRedirectProtocolBits: narrowing(opt.RedirectProtocolBits(opt.ProtocolHTTPS)),
	opt.IDRedirectProtocols:    narrowing(opt.RedirectProtocols("https")),
	opt.IDVerbose: func(t *testing.T, l *live) {
		l.run(t, "/", opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) { l.called++ }))
		check(t, l.called > 0, l)
	},
	opt.IDWriteFunction: func(t *testing.T, l *live) {
		l.run(t, "/bytes/100000", opt.WriteFunction(func([]byte) error { l.called++; return nil }))
		check(t, l.called > 0 && l.body == "", l)
	},
}

// narrowing is for the options that can forbid a redirect to http.
func narrowing(o opt.Option) func(t *testing.T, l *live) {
	return func(t *testing.T, l *live) {
		l.run(t, "/redirect/1", o, opt.FollowLocation(true))
		checkCode(t, l, codes.UnsupportedProtocol, "")
	}
}

func check(t *testing.T, ok bool, l *live) {
	t.Helper()
	if l.err != nil || !ok {
		t.Errorf("no effect: body %.50q, %d calls, %v, requests %+v", l.body, l.called, l.err, l.s.Requests())
	}
}

func checkCode(t *testing.T, l *live, code codes.Easy, detail string) {
	t.Helper()
	if !errors.Is(l.err, code) || !strings.Contains(l.err.Error(), detail) {
		t.Errorf("no effect: %v", l.err)
	}
}

func TestLiveOptionsAreLive(t *testing.T) {
	v, err := curl.Version()
	if err != nil {
		t.Fatal(err)
	}
	for m := range opt.All() {
		if !m.Live {
			continue
		}
		t.Run(m.Go, func(t *testing.T) {
			t.Parallel()
			test := liveTests[m.ID]
			switch {
			case test == nil:
				t.Error("said to be live, and not tested")
			case m.Since > v.Num:
				if err := newHandle(t).Unset(m.ID); !errors.Is(err, curl.ErrUnsupported) {
					t.Errorf("older than the option: %v", err)
				}
			default:
				test(t, new(live))
			}
		})
	}
}
