package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A packet arrives with its frame of four bytes. libcurl cannot pause packets, so ErrPause is an error like any other.
func TestInterleave(t *testing.T) {
	if !speaks(t, "rtsp") {
		return
	}
	options, _ := rtspPeer(t)
	var got []byte
	h := easy(t, append(options, opt.InterleaveFunction(func(p []byte) error { got = append(got, p...); return nil }))...)
	perform(t, h)
	if string(got) != "$\x01\x00\x04RTP!" {
		t.Errorf("the packet is %q", got)
	}
	setAll(t, h, opt.InterleaveFunction(func([]byte) error { return opt.ErrPause }))
	if err := h.Perform(patient(t)); !errors.Is(err, opt.ErrPause) {
		t.Errorf("the error is %v", err)
	}
}
