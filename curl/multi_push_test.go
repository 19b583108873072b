package curl_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// pushing is a server that pushes /own/pushed with /own/page, and its multi.
func pushing(t *testing.T, f multiopt.PushFunc) (*curl.Multi, *curl.Easy) {
	t.Helper()
	return pushingFrom(t, f, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("pushed")) })
}

// pushingFrom is pushing with an answer for /own/pushed.
func pushingFrom(t *testing.T, f multiopt.PushFunc, pushed http.HandlerFunc) (*curl.Multi, *curl.Easy) {
	t.Helper()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own/page" {
			if p, ok := w.(http.Pusher); ok {
				if err := p.Push("/own/pushed", nil); err != nil {
					t.Errorf("the server cannot push: %v", err)
				}
			}
			w.Write([]byte("page"))
			return
		}
		pushed(w, r)
	})})
	v := version(t)
	if !v.Features.Has(curl.FeatureHTTP2) {
		t.Skip("this libcurl has no HTTP/2")
	}
	if v.Num>>8 == 0x0758 {
		t.Skip("7.88.1 refuses every pushed stream without asking")
	}
	m := newMulti(t, multiopt.PushFunction(f))
	h := stateEasy(t, opt.URL(s.URL("/own/page")), opt.CAInfo(s.CAFile(t)), opt.HTTPVersion(opt.HTTPVer2TLS))
	return m, h
}

func TestMultiPushedStreamIsTaken(t *testing.T) {
	body, asked := "", 0
	var stream, parent *curl.Easy
	var m *curl.Multi
	m, h := pushing(t, func(p multiopt.Push) multiopt.PushVerdict {
		asked++
		stream, _ = p.Stream.(*curl.Easy)
		parent, _ = p.Parent.(*curl.Easy)
		if p.Header(":path") != "/own/pushed" || p.Header(":METHOD") != "GET" || p.Header("nothing") != "" || len(p.Headers) < 4 {
			t.Errorf("headers %q", p.Headers)
		}
		if err := p.Stream.Set(opt.WriteFunction(func(p []byte) error { body += string(p); return nil })); err != nil {
			t.Errorf("Set: %v", err)
		}
		for name, err := range map[string]error{"Add": m.Add(stream), "Remove": m.Remove(stream)} {
			if !errors.Is(err, curl.ErrBusy) {
				t.Errorf("%s while it is offered: %v", name, err)
			}
		}
		return multiopt.PushAccept
	})
	addAll(t, m, h)
	ends := map[*curl.Easy]error{}
	for _, msg := range runAll(t, m) {
		ends[msg.Easy] = msg.Err
	}
	if asked != 1 || parent != h || stream == nil {
		t.Fatalf("asked %d times, parent %p (%p), stream %p", asked, parent, h, stream)
	}
	defer stream.Close()
	if len(ends) != 2 || ends[h] != nil || ends[stream] != nil || body != "pushed" {
		t.Errorf("ends %v, body %q", ends, body)
	}
	if err := m.Remove(stream); err != nil {
		t.Error(err)
	}
	if err := stream.Set(opt.URL("http://127.0.0.1:1/"), opt.NoProxy("*")); err != nil {
		t.Errorf("afterwards it is a handle like any other: %v", err)
	}
}

func TestMultiPushedStreamIsRefused(t *testing.T) {
	for name, verdict := range map[string]func(e *curl.Easy) multiopt.PushVerdict{
		"denied":    func(*curl.Easy) multiopt.PushVerdict { return multiopt.PushDeny },
		"closed":    func(e *curl.Easy) multiopt.PushVerdict { e.Close(); return multiopt.PushAccept },
		"cancelled": func(e *curl.Easy) multiopt.PushVerdict { e.Cancel(); return multiopt.PushAccept },
	} {
		t.Run(name, func(t *testing.T) {
			var stream *curl.Easy
			m, h := pushing(t, func(p multiopt.Push) multiopt.PushVerdict {
				stream = p.Stream.(*curl.Easy)
				if err := stream.Set(opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {})); err != nil {
					t.Error(err)
				}
				return verdict(stream)
			})
			addAll(t, m, h)
			if messages := runAll(t, m); len(messages) != 1 || messages[0].Err != nil {
				t.Errorf("messages %v", messages)
			}
			if stream == nil {
				t.Fatal("nothing was pushed")
			}
			awaited(t, "Done", stream.Done())
			if err := stream.Set(opt.UserAgent("x")); err == nil || !strings.Contains(err.Error(), "refused") && !errors.Is(err, curl.ErrClosed) {
				t.Errorf("Set: %v", err)
			}
			if n := len(m.Handles()); n != 1 {
				t.Errorf("%d members", n)
			}
		})
	}
}

func TestMultiPushPanicIsRaised(t *testing.T) {
	value := errors.New("bang")
	m, h := pushing(t, func(multiopt.Push) multiopt.PushVerdict { explode(value); return 0 })
	addAll(t, m, h)
	wantPanic(t, raised(func() { runAll(t, m) }), value)
	runAll(t, m)
	if n := len(m.Handles()); n != 1 {
		t.Errorf("%d members", n)
	}
}

// A pushed stream is a copy of its parent in libcurl, which must not keep the parent's parsed URL: that can go first.
func TestMultiPushedStreamHasAURLOfItsOwn(t *testing.T) {
	body := ""
	var stream *curl.Easy
	m, h := pushing(t, func(p multiopt.Push) multiopt.PushVerdict {
		stream = p.Stream.(*curl.Easy)
		if err := stream.Set(opt.WriteFunction(func(p []byte) error { body += string(p); return nil })); err != nil {
			t.Errorf("Set: %v", err)
		}
		return multiopt.PushAccept
	})
	page, err := curl.Info(h, info.EffectiveURL)
	if err != nil {
		t.Fatal(err)
	}
	u := parsed(t, page)
	setURL(t, h, u)
	addAll(t, m, h)
	runAll(t, m)
	if stream == nil || body != "pushed" {
		t.Fatalf("stream %v, body %q", stream, body)
	}
	defer stream.Close()
	pushed := strings.TrimSuffix(page, "page") + "pushed"
	wantInfo(t, stream, info.EffectiveURL, pushed)
	if err := errors.Join(m.Remove(stream), m.Remove(h), h.Close(), u.Close()); err != nil {
		t.Fatal(err)
	}
	setAll(t, stream, opt.URL(pushed), opt.SSLVerifyPeer(false)) // 8.22.0 gives the stream no option, 8.23.0 functions alone
	if err := stream.Perform(bounded(t)); err != nil || body != "pushedpushed" {
		t.Errorf("again: %v, %q", err, body)
	}
}

// With most releases a pushed stream is a copy of its parent in libcurl, with its functions and all that it has only borrowed: the
// parent's header function got the stream's header, and when the parent was closed first, libcurl read what was freed.
func TestMultiPushedStreamOutlivesWhatItsParentWasGiven(t *testing.T) {
	gone, body := make(chan struct{}), ""
	answer := sync.OnceFunc(func() { close(gone) })
	defer answer()
	var stream *curl.Easy
	type request struct{ method, field, body string }
	asked := make(chan request, 2) // for the stream's URL
	m, h := pushingFrom(t, func(p multiopt.Push) multiopt.PushVerdict {
		stream = p.Stream.(*curl.Easy)
		if err := stream.Set(opt.WriteFunction(func(p []byte) error { body += string(p); return nil })); err != nil {
			t.Errorf("Set: %v", err)
		}
		return multiopt.PushAccept
	}, func(w http.ResponseWriter, r *http.Request) {
		<-gone
		content, _ := io.ReadAll(r.Body)
		asked <- request{r.Method, r.Header.Get("X-Parent"), string(content)}
		w.Header().Set("X-Pushed", "yes")
		w.Write([]byte("pushed"))
	})
	var heard []string
	hears := func(what string) { heard = append(heard, what) }
	setAll(t, h, opt.HTTPHeader([]string{"X-Parent: yes"}), opt.PostFields([]byte("of the parent")), opt.HTTPGet(true),
		opt.HeaderFunction(func(p []byte) error { hears(string(p)); return nil }),
		opt.Verbose(true), opt.DebugFunction(func(_ opt.DebugKind, p []byte) { hears(string(p)) }),
		opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { hears("progress"); return nil }))
	addAll(t, m, h)
	var ended []curl.Message
	runUntil(t, m, "the parent is over", func() bool {
		ended = slices.AppendSeq(ended, m.Messages())
		return len(ended) > 0
	})
	if ended[0].Easy != h || ended[0].Err != nil || stream == nil || len(heard) == 0 {
		t.Fatalf("%v, stream %v, heard %q", ended, stream, heard)
	}
	defer stream.Close()
	if err := errors.Join(m.Remove(h), h.Close()); err != nil {
		t.Fatal(err)
	}
	heard = nil
	answer()
	if ended = runAll(t, m); len(ended) != 1 || ended[0].Err != nil || body != "pushed" {
		t.Errorf("%v, body %q", ended, body)
	}
	pushed, err := curl.Info(stream, info.EffectiveURL)
	if err := errors.Join(err, m.Remove(stream), stream.Set(opt.URL(pushed), opt.SSLVerifyPeer(false))); err != nil {
		t.Fatal(err)
	}
	if err := stream.Perform(bounded(t)); err != nil || body != "pushedpushed" {
		t.Fatalf("again: %v, body %q", err, body)
	}
	<-asked // by the push
	if got := <-asked; got != (request{method: "GET"}) {
		t.Errorf("asked for %+v", got)
	}
	if len(heard) > 0 {
		t.Errorf("the parent's functions heard %q", heard)
	}
}

// libcurl does not start a pushed stream, and counts the time that its parent may take from the start of the machine.
func TestMultiPushedStreamHasNotItsParentsTimeout(t *testing.T) {
	var stream *curl.Easy
	m, h := pushing(t, func(p multiopt.Push) multiopt.PushVerdict {
		stream, _ = p.Stream.(*curl.Easy)
		return multiopt.PushAccept
	})
	setAll(t, h, opt.Timeout(time.Minute))
	addAll(t, m, h)
	for _, msg := range runAll(t, m) {
		if msg.Err != nil {
			t.Errorf("%v (the stream: %v)", msg.Err, msg.Easy == stream)
		}
	}
	if stream == nil {
		t.Error("nothing was pushed")
	} else if err := stream.Close(); err != nil {
		t.Error(err)
	}
}
