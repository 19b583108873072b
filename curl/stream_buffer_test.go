package curl_test

import (
	"errors"
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A body that is read makes libcurl take more from the socket at once, unless the user has said how much, or how fast; and
// other transfers of the handle do not.
func TestBodyFitsTheBuffer(t *testing.T) {
	privately(t, "an engine leaves the buffer as it is")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t)
	most := 0
	get := []opt.Option{
		opt.URL(s.URL("/bytes/4000000")), opt.NoProxy("*"), opt.Verbose(true),
		opt.DebugFunction(func(kind opt.DebugKind, data []byte) {
			if kind == opt.DebugDataIn {
				most = max(most, len(data))
			}
		}),
	}
	read := func() error {
		b, err := h.Open(bounded(t))
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, b)
		return errors.Join(err, b.Close())
	}
	perform := func() error { return h.Perform(bounded(t)) }
	clone := func() error {
		c, err := h.Clone()
		if err != nil {
			return err
		}
		defer c.Close()
		return c.Perform(bounded(t))
	}
	expect := func(name string, transfer func() error, limit int) {
		t.Helper()
		most = 0
		for tries := 0; most != limit && tries < 50; tries++ { // the server may be slower than we are
			if err := transfer(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if most != limit {
			t.Errorf("%s: at most %d bytes at once, not %d", name, most, limit)
		}
	}
	setAll(t, h, get...)
	for _, round := range []struct {
		name     string
		set      []opt.Option
		transfer func() error
		limit    int
	}{
		{"read", nil, read, 64 << 10},
		{"performed after it", nil, perform, 16 << 10},
		{"read again", nil, read, 64 << 10},
		{"performed by a clone", nil, clone, 16 << 10},
		{"read at a limited speed", []opt.Option{opt.MaxRecvSpeed(1 << 30)}, read, 16 << 10},
		{"read at full speed", []opt.Option{opt.MaxRecvSpeed(0)}, read, 64 << 10},
		{"read with the user's size", []opt.Option{opt.BufferSize(32 << 10)}, read, 32 << 10},
		{"performed with it", nil, perform, 32 << 10},
	} {
		setAll(t, h, round.set...)
		expect(round.name, round.transfer, round.limit)
	}
	if err := h.Reset(); err != nil {
		t.Fatal(err)
	}
	setAll(t, h, get...)
	expect("read after Reset", read, 64<<10)
}
