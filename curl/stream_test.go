package curl_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// streams runs f with handles whose transfers run on their own, and on an engine, by HTTP/1.1 and by HTTP/2 over TLS.
func streams(t *testing.T, f func(t *testing.T, s *testserver.HTTP, open func(t *testing.T, path string, options ...opt.Option) *curl.Easy)) {
	for _, peer := range []struct {
		name   string
		config testserver.HTTPConfig
	}{{"http", testserver.HTTPConfig{}}, {"h2", testserver.HTTPConfig{TLS: true}}} {
		for _, where := range []string{"own", "engine"} {
			t.Run(peer.name+"/"+where, func(t *testing.T) {
				var s *testserver.HTTP
				config := peer.config
				config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { lateTrailer(s, w, r) })
				s = testserver.NewHTTP(t, config)
				var g *curl.Engine
				if where == "engine" {
					g = newEngine(t, curl.EngineConfig{})
				}
				f(t, s, func(t *testing.T, path string, options ...opt.Option) *curl.Easy {
					t.Helper()
					h := handleWith(t, append([]opt.Option{opt.URL(s.URL(path)), opt.NoProxy("*")}, options...)...)
					if peer.config.TLS {
						if err := h.Set(opt.CAInfo(s.CAFile(t))); err != nil {
							t.Fatal(err)
						}
					}
					if g != nil {
						if err := g.Attach(h); err != nil {
							t.Fatal(err)
						}
					}
					return h
				})
			})
		}
	}
}

// lateTrailer sends a body of one byte, and at the gate of its name a trailer.
func lateTrailer(s *testserver.HTTP, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Trailer", "X-Trailer")
	io.WriteString(w, "x")
	http.NewResponseController(w).Flush()
	if s.Gate("trailer").Pass(r.Context()) != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("X-Trailer", "after the body")
}

// opened opens the handle's body.
func opened(t *testing.T, h *curl.Easy) *curl.Body {
	t.Helper()
	b, err := h.Open(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func TestBodyIsReadToItsEnd(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle func(*testing.T, string, ...opt.Option) *curl.Easy) {
		h := handle(t, "/bytes/3000000")
		for _, size := range []int{1 << 20, 32 << 10, 5000, 700} {
			b := opened(t, h)
			var got []byte
			p := make([]byte, size)
			for {
				n, err := b.Read(p)
				got = append(got, p[:n]...)
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(got, testserver.PatternBytes(3000000)) {
				t.Errorf("reads of %d bytes bring %d, and not those that were sent", size, len(got))
			}
			for range 2 {
				if n, err := b.Read(p); n != 0 || err != io.EOF {
					t.Errorf("after the end: %d bytes, %v", n, err)
				}
			}
			if n, err := curl.Info(h, info.SizeDownload); err != nil || n != 3000000 {
				t.Errorf("info says %d bytes, %v", n, err)
			}
		}
		if n := s.Connections(); n != 1 {
			t.Errorf("%d connections for four bodies that were read to their ends", n)
		}
		b := opened(t, h)
		var sink bytes.Buffer
		if n, err := io.Copy(&sink, b); n != 3000000 || err != nil || !bytes.Equal(sink.Bytes(), testserver.PatternBytes(3000000)) {
			t.Errorf("io.Copy: %d bytes, %v", n, err)
		}
	})
}
