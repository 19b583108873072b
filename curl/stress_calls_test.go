package curl_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var errStress = errors.New("a callback of the test failed")

// stressCall is one kind of call.
type stressCall struct {
	name string
	op   state.Op
	make func(w *stress, h *curl.Easy, depth int) error
}

// soon is a context that ends within a few milliseconds.
func (w *stress) soon() (context.Context, context.CancelFunc) {
	if w.intn(2) == 0 {
		return context.WithTimeout(context.Background(), time.Duration(1+w.intn(30))*time.Millisecond)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Duration(w.intn(30))*time.Millisecond, cancel)
	return ctx, cancel
}

var stressCalls []stressCall

func init() {
	stressCalls = []stressCall{
		{"perform", state.Perform, func(w *stress, h *curl.Easy, depth int) error {
			ctx, cancel := w.soon()
			defer cancel()
			return h.Perform(ctx)
		}},
		{"fetch", state.Perform, func(w *stress, h *curl.Easy, depth int) error {
			ctx, cancel := w.soon()
			defer cancel()
			_, err := h.Fetch(ctx)
			return err
		}},
		{"open", state.Open, func(w *stress, h *curl.Easy, depth int) error { return w.open(h) }},
		{"open", state.Open, func(w *stress, h *curl.Easy, depth int) error { return w.open(h) }},
		{"read", state.Read, func(w *stress, h *curl.Easy, depth int) error {
			return w.withBody(func(b *curl.Body) error {
				_, err := b.Read(make([]byte, 1+w.intn(20_000)))
				return err
			})
		}},
		{"copy", state.Read, func(w *stress, h *curl.Easy, depth int) error {
			return w.withBody(func(b *curl.Body) error {
				_, err := io.Copy(writerFunc(func(p []byte) (int, error) { return len(p), w.inCallback(depth, 8) }), b)
				return err
			})
		}},
		{"close body", state.Read, func(w *stress, h *curl.Easy, depth int) error {
			return w.withBody(func(b *curl.Body) error { return b.Close() })
		}},
		{"set", state.Set, func(w *stress, h *curl.Easy, depth int) error { return h.Set(w.someOptions(depth)...) }},
		{"set", state.Set, func(w *stress, h *curl.Easy, depth int) error { return h.Set(w.someOptions(depth)...) }},
		{"set cookies", state.Set, func(w *stress, h *curl.Easy, depth int) error {
			return h.Set(opt.CookieList("Set-Cookie: a=1; domain=example.com; path=/"), opt.CookieList("Set-Cookie: dropped"))
		}},
		{"set live", state.SetLive, func(w *stress, h *curl.Easy, depth int) error {
			return h.Set(opt.MaxRedirs(w.intn(5)), opt.Verbose(w.intn(2) == 0), opt.WriteFunction(w.writeFunc(depth)))
		}},
		{"unset", state.Set, func(w *stress, h *curl.Easy, depth int) error {
			return h.Unset(opt.IDWriteFunction, opt.IDHTTPHeader, opt.IDConnectOnly, opt.IDUpload)
		}},
		{"reset", state.Reset, func(w *stress, h *curl.Easy, depth int) error { return h.Reset() }},
		{"clone", state.Clone, func(w *stress, h *curl.Easy, depth int) error {
			clone, err := h.Clone()
			switch {
			case err != nil:
			case w.intn(8) == 0:
				w.replace(h, clone)
			default:
				clone.Close()
			}
			return err
		}},
		{"info", state.Info, func(w *stress, h *curl.Easy, depth int) error {
			_, err := curl.Info(h, info.EffectiveURL)
			return err
		}},
		{"info", state.Info, func(w *stress, h *curl.Easy, depth int) error {
			_, err := curl.Info(h, info.CookieList)
			return err
		}},
		{"headers", state.Headers, func(w *stress, h *curl.Easy, depth int) error {
			_, err := h.Headers(curl.FromHeader)
			return err
		}},
		{"upkeep", state.Upkeep, func(w *stress, h *curl.Easy, depth int) error { return h.Upkeep() }},
		{"send", state.Send, func(w *stress, h *curl.Easy, depth int) error {
			ctx, cancel := w.soon()
			defer cancel()
			_, err := h.Send(ctx, []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
			return err
		}},
		{"recv", state.Recv, func(w *stress, h *curl.Easy, depth int) error {
			ctx, cancel := w.soon()
			defer cancel()
			_, err := h.Recv(ctx, make([]byte, 100))
			if err == io.EOF {
				err = nil
			}
			return err
		}},
		{"pause", state.Pause, func(w *stress, h *curl.Easy, depth int) error { return h.Pause(w.direction()) }},
		{"resume", state.Resume, func(w *stress, h *curl.Easy, depth int) error { return h.Resume(w.direction()) }},
		{"resume", state.Resume, func(w *stress, h *curl.Easy, depth int) error { return h.Resume(w.direction()) }},
		{"cancel", state.Cancel, func(w *stress, h *curl.Easy, depth int) error { return h.Cancel() }},
		{"close", state.Close, func(w *stress, h *curl.Easy, depth int) error {
			if w.intn(8) > 0 {
				return nil // or there would be nothing but closed handles
			}
			err := h.Close()
			w.replace(h, w.newEasy(depth))
			return err
		}},
		{"attach", state.Attach, func(w *stress, h *curl.Easy, depth int) error {
			return w.engine(0).Attach(h, []curl.Attaching{0, curl.OnSpot}[w.intn(2)])
		}},
		{"attach", state.Attach, func(w *stress, h *curl.Easy, depth int) error { return w.engine(0).Attach(h) }},
		{"detach", state.Detach, func(w *stress, h *curl.Easy, depth int) error { return w.engine(0).Detach(h) }},
		{"close engine", state.Attach, func(w *stress, h *curl.Easy, depth int) error {
			if w.intn(20) > 0 {
				return nil
			}
			ctx, cancel := w.soon()
			defer cancel()
			return w.engine(1).Close(ctx)
		}},
		{"share", state.Attach, func(w *stress, h *curl.Easy, depth int) error { return w.share(false).Attach(h) }},
		{"unshare", state.Detach, func(w *stress, h *curl.Easy, depth int) error { return w.share(false).Detach(h) }},
		{"close share", state.CloseShare, func(w *stress, h *curl.Easy, depth int) error { return w.share(w.intn(4) == 0).Close() }},
		{"collect garbage", state.Info, func(w *stress, h *curl.Easy, depth int) error {
			if w.intn(20) == 0 {
				runtime.GC()
			}
			return nil
		}},
	}
}

// open begins a body, which others find, and which is closed or dropped when it has been forgotten.
func (w *stress) open(h *curl.Easy) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(1+w.intn(200))*time.Millisecond)
	context.AfterFunc(ctx, cancel)
	b, err := h.Open(ctx)
	if err != nil {
		return err
	}
	w.mu.Lock()
	i := w.rnd.IntN(len(w.bodies))
	b, w.bodies[i] = w.bodies[i], b
	w.mu.Unlock()
	if b != nil && w.intn(2) == 0 {
		return b.Close()
	}
	return nil // ctx ends by itself
}

// withBody calls f with one of the bodies that were opened.
func (w *stress) withBody(f func(b *curl.Body) error) error {
	w.mu.Lock()
	b := w.bodies[w.rnd.IntN(len(w.bodies))]
	w.mu.Unlock()
	if b == nil {
		return nil
	}
	err := f(b)
	if err == io.EOF || errors.Is(err, curl.ErrBodyClosed) || errors.Is(err, curl.ErrReading) {
		err = nil
	}
	return err
}

func (w *stress) direction() curl.Direction {
	return []curl.Direction{curl.Receiving, curl.Sending, curl.Receiving | curl.Sending}[w.intn(3)]
}

// someOptions is a few random options, a URL among them.
func (w *stress) someOptions(depth int) []opt.Option {
	path := []string{
		"/", "/bytes/300000", "/chunked/30000", "/redirect/3", "/close-mid-body", "/slow?gate=open", "/slow?gate=shut",
		"/hang", "/trickle/20?every=1ms", "/upload", "/echo-body",
	}[w.intn(11)]
	options := []opt.Option{
		opt.URL(w.s.URL(path)), opt.NoProxy("*"), opt.FollowLocation(true), opt.WriteFunction(w.writeFunc(depth)),
		opt.Upload(strings.HasPrefix(path, "/upload")), opt.ReadFunction(w.readFunc(depth)),
		opt.HTTPHeader([]string{"X-Stress: " + path, "Expect:"}), opt.ConnectOnly(opt.ConnectOnlyOff),
	}
	switch w.intn(6) {
	case 0:
		options = append(options, opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) { w.inCallback(depth, 20) }))
	case 1:
		options = append(options, opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return w.inCallback(depth, 8) }))
	case 2:
		options = append(options, opt.CloseSocketFunction(func(fd uintptr) error {
			w.inCallback(depth, 4)
			return closeFD(fd)
		}))
	case 3:
		options = append(options, opt.ConnectOnly(opt.ConnectOnlyTransport))
	case 4:
		options = append(options, opt.FreshConnect(true), opt.HeaderFunction(func([]byte) error { return w.inCallback(depth, 8) }))
	}
	return options
}
