package main

import (
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func ignore([]byte) error { return nil }

// set10 is set10 of handles.c.
func (w *worker) set10(n int) error {
	h, err := w.handle("Set10")
	if err != nil {
		return err
	}
	for i := range n {
		err := h.Set(
			opt.FollowLocation(true),
			opt.MaxRedirs(10),
			opt.Timeout(time.Second+time.Duration(i&1)*time.Millisecond),
			opt.ConnectTimeout(500*time.Millisecond),
			opt.TCPNoDelay(true),
			opt.TCPKeepAlive(true),
			opt.SSLVerifyPeer(true),
			opt.LowSpeedLimit(100),
			opt.LowSpeedTime(30*time.Second),
			opt.MaxRecvSpeed(1<<20),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// newClose is create of handles.c.
func (w *worker) newClose(n int) error {
	for range n {
		h, err := curl.New(
			opt.URL("http://127.0.0.1:8080/index.html"),
			opt.UserAgent("benchmark/1.0"),
			opt.FollowLocation(true),
			opt.MaxRedirs(10),
			opt.Timeout(time.Second),
			opt.ConnectTimeout(500*time.Millisecond),
			opt.WriteFunction(ignore),
		)
		if err != nil {
			return err
		}
		h.Close()
	}
	return nil
}
