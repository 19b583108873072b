package curl_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// explode is the function that panics, to be found in the stack.
//
//go:noinline
func explode(value any) { panic(value) }

// raised runs f and returns what it panics with.
func raised(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// wantPanic checks that a panic of a callback has been raised again.
func wantPanic(t *testing.T, raised, value any) {
	t.Helper()
	p, ok := raised.(*curl.CallbackPanic)
	if !ok {
		t.Fatalf("raised %v, want a CallbackPanic", raised)
	}
	if p.Value != value || !bytes.Contains(p.Stack, []byte("explode")) {
		t.Errorf("raised %v with the stack\n%s", p.Value, p.Stack)
	}
}

// A panic in any callback is raised again in the goroutine that waits for it, once, and leaves a handle that works.
func TestPanicInEachCallback(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			options, ok := k.available(t)
			if !ok {
				return
			}
			h := easy(t, append(options, k.hook(func() error { explode(k.name); return nil }))...)
			if k.late {
				perform(t, h)
				wantPanic(t, raised(func() { h.Close() }), k.name)
				within(t, "the end of the handle", h.Done())
				return
			}
			wantPanic(t, raised(func() { h.Perform(patient(t)) }), k.name)
			k.worksAgain(t, h)
		})
	}
}

// The first panic counts, later callbacks of the transfer do not run, and errors.Is looks into the value.
func TestPanicIsRaisedOnce(t *testing.T) {
	options, _ := httpPeer("/bytes/100000")(t)
	n := 0
	h := easy(t, append(options, opt.WriteFunction(func([]byte) error { n++; explode(io.ErrUnexpectedEOF); return nil }))...)
	p := raised(func() { h.Perform(patient(t)) })
	if err, ok := p.(error); !ok || !errors.Is(err, io.ErrUnexpectedEOF) || n != 1 {
		t.Errorf("raised %v after %d calls", p, n)
	}
	setAll(t, h, opt.WriteFunction(nil))
	perform(t, h)
}

// noisy is an option about which every libcurl has something to tell the debug function: the cookie is too long.
var noisy = opt.CookieList("Set-Cookie: a=" + strings.Repeat("b", 4500) + "; domain=example.com; path=/")

// A panic in a callback that Set fires comes out of Set.
func TestPanicInSet(t *testing.T) {
	h := easy(t, opt.CookieFile(""), opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) { explode(1) }))
	wantPanic(t, raised(func() { h.Set(noisy) }), 1)
	setAll(t, h, opt.DebugFunction(nil), opt.Verbose(false), noisy)
}

// A callback may panic while its transfer is being cancelled: the panic is not lost.
func TestPanicWhileCancelled(t *testing.T) {
	options, _ := httpPeer("/bytes/100000")(t)
	var h *curl.Easy
	h = easy(t, append(options, opt.WriteFunction(func([]byte) error { h.Cancel(); explode(2); return nil }))...)
	wantPanic(t, raised(func() { h.Perform(patient(t)) }), 2)
}

// panic(nil) and runtime errors are panics like others.
func TestPanicWithRuntimeError(t *testing.T) {
	options, _ := httpPeer("/bytes/1")(t)
	var none []int
	for name, f := range map[string]func(){"index": func() { none[1] = 1 }, "nil": func() { panic(nil) }} {
		h := easy(t, append(options, opt.WriteFunction(func([]byte) error { f(); return nil }))...)
		p, ok := raised(func() { h.Perform(patient(t)) }).(*curl.CallbackPanic)
		if !ok || p.Unwrap() == nil {
			t.Errorf("%s: raised %v", name, p)
		}
	}
}

// A panic goes through nested transfers from the inside out, each handle works on.
func TestPanicInNestedTransfer(t *testing.T) {
	options, _ := httpPeer("/bytes/1")(t)
	inner := easy(t, append(options, opt.WriteFunction(func([]byte) error { explode(3); return nil }))...)
	outer := easy(t, append(options, opt.WriteFunction(func([]byte) error { return inner.Perform(patient(t)) }))...)
	p, ok := raised(func() { outer.Perform(patient(t)) }).(*curl.CallbackPanic)
	if !ok {
		t.Fatal("no panic")
	}
	wantPanic(t, p.Value, 3)
	for _, h := range []*curl.Easy{inner, outer} {
		setAll(t, h, opt.WriteFunction(nil))
		perform(t, h)
	}
}
