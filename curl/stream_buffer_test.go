package curl_test

import (
	"errors"
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// mostTaken are options for a transfer that notes how much libcurl takes at once, at most.
func mostTaken(s *testserver.HTTP) (most *int, options []opt.Option) {
	most = new(int)
	return most, []opt.Option{
		opt.URL(s.URL("/bytes/4000000")), opt.NoProxy("*"), opt.Verbose(true),
		opt.DebugFunction(func(kind opt.DebugKind, data []byte) {
			if kind == opt.DebugDataIn {
				*most = max(*most, len(data))
			}
		}),
	}
}

// expectTaken transfers until as much comes at once as is to: the server may be slower than we are.
func expectTaken(t *testing.T, name string, most *int, transfer func() error, limit int) {
	t.Helper()
	*most = 0
	for tries := 0; *most != limit && tries < 50; tries++ {
		if err := transfer(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if *most != limit {
		t.Errorf("%s: at most %d bytes at once, not %d", name, *most, limit)
	}
}

func readAll(t *testing.T, h *curl.Easy) error {
	t.Helper()
	b, err := h.Open(bounded(t))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, b)
	return errors.Join(err, b.Close())
}

// A body that is read makes libcurl take more from the socket at once, unless the user has said how much, or how fast; and
// other transfers of the handle do not.
func TestBodyFitsTheBuffer(t *testing.T) {
	privately(t, "an engine of an older libcurl leaves the buffer as it is")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t)
	most, get := mostTaken(s)
	read := func() error { return readAll(t, h) }
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
		expectTaken(t, name, most, transfer, limit)
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

// On an engine it does so where libcurl has one buffer for all transfers.
func TestEngineBodyFitsTheBuffer(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	most, get := mostTaken(s)
	h := engineHandle(t, newEngine(t, curl.EngineConfig{}), get...)
	large := 64 << 10
	if version(t).Num < 0x080700 {
		large = 16 << 10
	}
	expectTaken(t, "read", most, func() error { return readAll(t, h) }, large)
	expectTaken(t, "performed after it", most, func() error { return h.Perform(bounded(t)) }, 16<<10)
	expectTaken(t, "read again", most, func() error { return readAll(t, h) }, large)
}
