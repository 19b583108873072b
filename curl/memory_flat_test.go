package curl_test

import (
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// flat fails when rounds of f make the process larger, each time they are repeated: once or twice that may come from
// how the allocators spread their memory. A leak of a hundred bytes a round would be 10 MB.
func flat(t *testing.T, rounds int, f func(i int)) {
	t.Helper()
	if keepsFreed || raceDetector || testserver.RSS() == 0 {
		t.Skip("the memory of this process cannot be measured")
	}
	for i := range rounds / 10 {
		f(i)
	}
	var more int64
	for range 6 {
		debug.FreeOSMemory()
		before := testserver.RSS()
		for i := range rounds {
			f(i)
		}
		debug.FreeOSMemory()
		if more = testserver.RSS() - before; more < 6<<20 {
			return
		}
	}
	t.Errorf("%d rounds took %d KB more, again and again", rounds, more>>10)
}

// mustSet is set for loops.
func mustSet(t *testing.T, h *curl.Easy, o ...opt.Option) {
	if err := h.Set(o...); err != nil {
		t.Fatal(err)
	}
}

func TestMemoryStaysFlatPerClass(t *testing.T) {
	testserver.LeaveOut(t, "a leak shows only after many rounds")
	long := strings.Repeat("a longer one ", 100)
	blob := opt.SSLCertBlob
	if newHandle(t).Set(blob([]byte("x"))) != nil { // with GnuTLS
		blob = opt.CAInfoBlob
	}
	values := map[string]func(i int) opt.Option{
		"long":        func(i int) opt.Option { return opt.MaxRedirs(i % 100) },
		"off_t":       func(i int) opt.Option { return opt.MaxFileSize(int64(i)) },
		"string":      func(i int) opt.Option { return opt.UserAgent("agent " + strconv.Itoa(i)) },
		"long string": func(i int) opt.Option { return opt.Referer(long[i%100:]) },
		"list":        func(i int) opt.Option { return opt.HTTPHeader([]string{"A: b", "N: " + strconv.Itoa(i), long[:i%200]}) },
		"blob":        func(i int) opt.Option { return blob([]byte(long[:i%500+1])) },
		"bytes":       func(i int) opt.Option { return opt.PostFields([]byte(long[:i%1000])) },
		"copied":      func(i int) opt.Option { return opt.CopyPostFields([]byte(long[:i%1000])) },
		"function":    func(i int) opt.Option { return opt.WriteFunction(func([]byte) error { _ = i; return nil }) },
	}
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			h := newHandle(t)
			if err := h.Set(value(0)); err != nil {
				checkUnsupported(t, err, 7, 77) // blobs
				return
			}
			flat(t, 100_000, func(i int) { mustSet(t, h, value(i)) })
		})
		t.Run(name+" and unset", func(t *testing.T) {
			h := newHandle(t)
			id := value(0).ID()
			if h.Set(value(0)) != nil {
				return // tested above
			}
			flat(t, 20_000, func(i int) {
				mustSet(t, h, value(i))
				if err := h.Unset(id); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func TestMemoryStaysFlatOverHandles(t *testing.T) {
	testserver.LeaveOut(t, "a leak shows only after many rounds")
	options := []opt.Option{
		opt.URL("http://h.example/"), opt.HTTPHeader([]string{"A: b", "C: d"}), opt.PostFields([]byte("data")),
		opt.WriteFunction(func([]byte) error { return nil }), opt.UserPassword("a:b"), opt.Resolve([]string{"h.example:80:127.0.0.1"}),
		opt.NoProgress(false), opt.Verbose(true),
	}
	t.Run("New and Close", func(t *testing.T) {
		flat(t, 20_000, func(int) {
			h, err := curl.New(options...)
			if err != nil {
				t.Fatal(err)
			}
			h.Close()
		})
	})
	t.Run("Set and Reset", func(t *testing.T) {
		h := newHandle(t)
		flat(t, 20_000, func(int) {
			mustSet(t, h, options...)
			h.Reset()
		})
	})
	t.Run("Clone and Close", func(t *testing.T) {
		h := newHandle(t, options...)
		flat(t, 5_000, func(int) {
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			clone.Close()
		})
	})
	t.Run("refused options", func(t *testing.T) {
		h := newHandle(t)
		long := strings.Repeat("x", 10_000)
		flat(t, 20_000, func(int) {
			if h.Set(opt.Referer(long), opt.HTTPHeader([]string{long}), opt.PostFields([]byte(long)), opt.RawLong(opt.IDHTTPVersion, -1)) == nil {
				t.Fatal("not refused")
			}
		})
	})
}
