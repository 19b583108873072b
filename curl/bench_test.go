package curl_test

import (
	"io"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The same works as in internal/bench, which has the C side beside them.

func ignoreBody([]byte) error { return nil }

func BenchmarkSet10(b *testing.B) {
	h := easy(b)
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
	easy(b) // libcurl is loaded, and there is one
	b.ReportAllocs()
	for b.Loop() {
		h, err := curl.New(
			opt.URL("http://127.0.0.1:8080/index.html"),
			opt.UserAgent("benchmark/1.0"),
			opt.FollowLocation(true),
			opt.MaxRedirs(10),
			opt.Timeout(time.Second),
			opt.ConnectTimeout(500*time.Millisecond),
			opt.WriteFunction(ignoreBody),
		)
		if err != nil {
			b.Fatal(err)
		}
		h.Close()
	}
}

func BenchmarkGet(b *testing.B) { benchmarkGet(b, "/bytes/64", 64) }

func BenchmarkDownload(b *testing.B) { benchmarkGet(b, "/bytes/67108864", 64<<20) }

// BenchmarkBody reads a download through Open.
func BenchmarkBody(b *testing.B) {
	const size = 64 << 20
	s := testserver.NewHTTP(b, testserver.HTTPConfig{})
	h := easy(b, opt.URL(s.URL("/bytes/67108864")))
	p := make([]byte, 32<<10)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		body, err := h.Open(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = body.Read(p)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}

// benchmarkGet fetches size bytes again and again on one connection. The server is in the same process and not counted
// apart from the client: for comparisons between two versions of gocurl only.
func benchmarkGet(b *testing.B, path string, size int64) {
	s := testserver.NewHTTP(b, testserver.HTTPConfig{})
	h := easy(b, opt.URL(s.URL(path)), opt.WriteFunction(ignoreBody))
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if err := h.Perform(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
