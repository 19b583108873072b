package curl_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var errOfCallback = errors.New("the callback is not content")

func TestKindsAreAllCallbacks(t *testing.T) {
	var tested, all []string
	for _, k := range kinds() {
		tested = append(tested, k.hook(nil).ID().String())
	}
	for m := range opt.All() {
		if m.Class == opt.ClassFunction && m.Owner == "" {
			all = append(all, m.Name)
		}
	}
	slices.Sort(tested)
	slices.Sort(all)
	if !slices.Equal(tested, all) {
		t.Errorf("the tests know %v, the options are %v", tested, all)
	}
}

// An error that a callback returns ends the transfer and is the cause of its error, beside libcurl's code; the handle
// goes on to work.
func TestErrorOfEachCallback(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			options, ok := k.available(t)
			if !ok || k.mute {
				return
			}
			var called atomic.Int32
			failing := func() error { called.Add(1); return errOfCallback }
			h := easy(t, append(options, k.hook(failing))...)
			err := h.Perform(patient(t))
			if k.late {
				if err != nil || h.Close() != nil || called.Load() == 0 {
					t.Errorf("Perform: %v; called %d times", err, called.Load())
				}
				return
			}
			var e *curl.Error
			if !errors.Is(err, errOfCallback) || !errors.As(err, &e) || e.Code != k.code && (k.also == 0 || e.Code != k.also) {
				t.Fatalf("the error is %v, want %v and %v", err, k.code, errOfCallback)
			}
			if n := called.Load(); n != 1 && k.name != "closesocket" { // a socket has to be closed whatever has failed
				t.Errorf("called %d times, although the first one failed", n)
			}
			k.worksAgain(t, h)
		})
	}
}

// A nil function and Unset both leave a handle that never calls the function again.
func TestClearingEachCallback(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			options, ok := k.available(t)
			if !ok {
				return
			}
			fatal := func() error { t.Errorf("%s called after it was cleared", k.name); return errOfCallback }
			h := easy(t, append(options, k.hook(fatal))...)
			setAll(t, h, k.hook(nil))
			k.endsBare(t, h, k.bare)
			setAll(t, h, k.hook(fatal))
			if err := h.Unset(k.hook(nil).ID()); err != nil {
				t.Fatal(err)
			}
			if k.name == "read" { // an upload without a source
				k.bare = codes.AbortedByCallback
			}
			k.endsBare(t, h, k.bare)
			h.Close()
		})
	}
}

// endsBare runs the transfer without the callback.
func (k kind) endsBare(t *testing.T, h *curl.Easy, want codes.Easy) {
	t.Helper()
	err := h.Perform(patient(t))
	if want == codes.OK && err != nil || want != codes.OK && !errors.Is(err, want) {
		t.Errorf("without a callback the error is %v, want %v", err, want)
	}
}

// worksAgain runs the transfer with a callback that is content, after one that was not.
func (k kind) worksAgain(t *testing.T, h *curl.Easy) {
	t.Helper()
	setAll(t, h, k.hook(func() error { return nil }))
	err := h.Perform(patient(t))
	if k.once && version(t).Num < 0x080700 {
		if !errors.Is(err, curl.ErrUnsupported) {
			t.Errorf("on libcurl %s the handle is spent, and the error is %v", version(t).Version, err)
		}
	} else if err != nil {
		t.Error(err)
	}
}

// Once a callback has failed, no other of the user's runs for that transfer.
func TestNoCallbackAfterFailure(t *testing.T) {
	options, _ := httpPeer("/chunked/100000", opt.NoProgress(false), opt.Verbose(true))(t)
	failed := false
	check := func(name string) error {
		if failed {
			t.Errorf("%s called after the failure", name)
		}
		return nil
	}
	h := easy(t, options...)
	setAll(t, h,
		opt.DebugFunction(func(opt.DebugKind, []byte) { check("debug") }),
		opt.XferInfoFunction(func(opt.Progress) error { return check("xferinfo") }),
		opt.HeaderFunction(func([]byte) error { return check("header") }),
		opt.WriteFunction(func([]byte) error { check("write"); failed = true; return errOfCallback }))
	if err := h.Perform(patient(t)); !errors.Is(err, errOfCallback) || !errors.Is(err, codes.WriteError) {
		t.Fatal(err)
	}
	failed = false
	setAll(t, h, opt.WriteFunction(func([]byte) error { return check("write") }))
	perform(t, h)
}

// A callback that ends the context and fails used to have its own error found alone, or both, as it came.
func TestErrorOfACallbackThatEndsTheContext(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, transfer := range map[string]func(context.Context, *curl.Easy) error{
		"Perform": func(ctx context.Context, h *curl.Easy) error { return h.Perform(ctx) },
		"Fetch":   func(ctx context.Context, h *curl.Easy) error { _, err := h.Fetch(ctx); return err },
		"Open": func(ctx context.Context, h *curl.Easy) error {
			b, err := h.Open(ctx)
			if err == nil {
				defer b.Close()
				_, err = io.Copy(io.Discard, b)
			}
			return err
		},
	} {
		for _, why := range []error{context.Canceled, errWhy} {
			ctx, cancel := context.WithCancelCause(patient(t))
			h := easy(t, opt.URL(s.URL("/bytes/1")), opt.HeaderFunction(func([]byte) error { cancel(why); return errOfCallback }))
			err := transfer(ctx, h)
			var failed *curl.Error
			if !errors.Is(err, errOfCallback) || !errors.Is(err, context.Canceled) || !errors.Is(err, why) || !errors.As(err, &failed) || failed.Timeout() {
				t.Errorf("%s, cause %v: %v", name, why, err)
			}
		}
	}
}

// The error of a callback may be the error of a context; only that of Perform's own context makes it a timeout.
func TestContextErrorOfCallback(t *testing.T) {
	options, _ := httpPeer("/bytes/1", opt.WriteFunction(func([]byte) error { return context.Canceled }))(t)
	err := easy(t, options...).Perform(patient(t))
	if !errors.Is(err, context.Canceled) || !errors.Is(err, codes.WriteError) {
		t.Fatal(err)
	}
}
