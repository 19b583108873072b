package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A zero Easy used to end in a nil dereference.
func TestZeroEasyIsClosed(t *testing.T) {
	var e curl.Easy
	calls := map[string]func() error{
		"Set":          func() error { return e.Set(opt.Verbose(false)) },
		"Unset":        func() error { return e.Unset(opt.IDVerbose) },
		"Perform":      func() error { return e.Perform(t.Context()) },
		"Fetch":        func() error { _, err := e.Fetch(t.Context()); return err },
		"Clone":        func() error { _, err := e.Clone(); return err },
		"Info":         func() error { _, err := curl.Info(&e, info.ResponseCode); return err },
		"Pause":        func() error { return e.Pause(curl.Receiving) },
		"Resume":       func() error { return e.Resume(curl.Receiving) },
		"Reset":        e.Reset,
		"Upkeep":       e.Upkeep,
		"Send":         func() error { _, err := e.Send(t.Context(), []byte("x")); return err },
		"Recv":         func() error { _, err := e.Recv(t.Context(), make([]byte, 1)); return err },
		"Cancel":       e.Cancel,
		"Conn":         func() error { _, err := e.Conn(); return err },
		"WSSend":       func() error { _, err := e.WSSend(t.Context(), []byte("x"), opt.FrameText, 0); return err },
		"WSRecv":       func() error { _, _, err := e.WSRecv(t.Context(), make([]byte, 1)); return err },
		"WSMeta":       func() error { _, err := e.WSMeta(); return err },
		"WSStartFrame": func() error { return e.WSStartFrame(opt.FrameText, 1) },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("%s: %v, want %v", name, err, curl.ErrClosed)
		}
	}
	if err := e.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	<-e.Done()
}
