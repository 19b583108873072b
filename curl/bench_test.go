package curl_test

import (
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func BenchmarkSet10(b *testing.B) {
	h, err := curl.New()
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
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
			b.Fatal(err)
		}
	}
}

func BenchmarkNewClose(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		h, err := curl.New(
			opt.URL("http://127.0.0.1:8080/index.html"),
			opt.UserAgent("benchmark/1.0"),
			opt.FollowLocation(true),
			opt.MaxRedirs(10),
			opt.Timeout(time.Second),
			opt.ConnectTimeout(500*time.Millisecond),
			opt.WriteFunction(func([]byte) error { return nil }),
		)
		if err != nil {
			b.Fatal(err)
		}
		h.Close()
	}
}
