package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A callback may perform another handle, whose callback may perform another; with TLS too.
func TestNestedTransfers(t *testing.T) {
	for _, config := range []testserver.HTTPConfig{{}, {TLS: true}} {
		s := testserver.NewHTTP(t, config)
		options := []opt.Option{opt.URL(s.URL("/bytes/50000"))}
		if config.TLS {
			options = append(options, opt.CAInfo(caFile(t, s.CA())))
		}
		const depth = 4
		var handles []*curl.Easy
		got := make([]int64, depth)
		for level := range depth {
			body := matcher{t: t}
			h := easy(t, append(options, opt.WriteFunction(func(p []byte) error {
				if body.off == 0 && level+1 < depth {
					if err := handles[level+1].Perform(patient(t)); err != nil {
						return err
					}
				}
				err := body.write(p)
				got[level] = body.off
				return err
			}))...)
			handles = append(handles, h)
		}
		perform(t, handles[0])
		for level, n := range got {
			if n != 50000 {
				t.Errorf("TLS %v, level %d: %d bytes", config.TLS, level, n)
			}
		}
	}
}

// An error of the innermost transfer goes through all of them with its code.
func TestNestedTransferErrors(t *testing.T) {
	options, _ := httpPeer("/bytes/1")(t)
	inner := easy(t, append(options, opt.WriteFunction(func([]byte) error { return errOfCallback }))...)
	outer := easy(t, append(options, opt.WriteFunction(func([]byte) error { return inner.Perform(patient(t)) }))...)
	if err := outer.Perform(patient(t)); !errors.Is(err, errOfCallback) {
		t.Error(err)
	}
}

// A new handle lives and dies inside a callback.
func TestHandleInsideCallback(t *testing.T) {
	options, _ := httpPeer("/bytes/1")(t)
	h := easy(t, append(options, opt.HeaderFunction(func([]byte) error {
		inner, err := curl.New(options...)
		if err != nil {
			return err
		}
		return errors.Join(inner.Perform(context.Background()), inner.Close())
	}))...)
	perform(t, h)
}

// A callback that works for long, here until the test lets it, holds up its own transfer only: other handles perform,
// and everybody can ask, pause and cancel this one.
func TestBlockedCallbackHoldsNobodyUp(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			options, ok := k.available(t)
			if !ok {
				return
			}
			inside, leave := make(chan struct{}, 1000), make(chan struct{})
			block := func() error { inside <- struct{}{}; <-leave; return nil }
			h := easy(t, append(options, k.hook(block))...)
			var result <-chan error
			if k.late {
				perform(t, h)
				closed := make(chan error, 1)
				go func() { closed <- h.Close() }()
				result = closed
			} else {
				result = begin(t, h)
			}
			within(t, "the callback", inside)
			others, _ := httpPeer("/bytes/1")(t)
			perform(t, easy(t, others...))
			answers := make(chan error, 1)
			go func() {
				_, err := curl.Info(h, info.EffectiveURL)
				answers <- errors.Join(err, h.Pause(curl.Sending), h.Resume(curl.Sending), h.Cancel())
			}()
			err := within(t, "an answer", answers)
			if k.late && !errors.Is(err, curl.ErrClosed) || !k.late && err != nil {
				t.Error(err)
			}
			close(leave)
			if err := within(t, "the end", result); !k.late && !errors.Is(err, curl.ErrCancelled) {
				t.Error(err)
			}
		})
	}
}
