package curl_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A reader that does not read costs a bounded amount of memory, however fast and much the server sends.
func TestUnreadBodyIsBounded(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		const most = 4 << 20 // on the way and in libcurl; what is on the tape is less
		h := handle(t, "/bytes/1073741824")
		b := opened(t, h)
		p := make([]byte, 1)
		beside := handle(t, "/")
		for range 100 {
			if _, err := io.ReadFull(b, p); err != nil {
				t.Fatal(err)
			}
			arrives(t, beside, "hello\n") // on an engine, it drives the other transfer, too
		}
		if n := infoOf(t, h, info.SizeDownload); n > most {
			t.Errorf("%d bytes are taken for a reader of 100", n)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestManyReadersShareABody(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		const size = 2_000_000
		b := opened(t, handle(t, "/bytes/"+strconv.Itoa(size)))
		want := make([]int, 256)
		for _, c := range testserver.PatternBytes(size) {
			want[c]++
		}
		var mu sync.Mutex
		got := make([]int, 256)
		var readers sync.WaitGroup
		for range 8 {
			readers.Go(func() {
				body, err := io.ReadAll(b)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, c := range body {
					got[c]++
				}
			})
		}
		readers.Wait()
		for c := range got {
			if got[c] != want[c] {
				t.Fatalf("byte %d was read %d times, not %d", c, got[c], want[c])
			}
		}
	})
}

// Go's own test of a reader, with Reads of all sizes.
func TestBodyKeepsTheRulesOfReaders(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		b := opened(t, handle(t, "/chunked/100000"))
		if err := iotest.TestReader(io.MultiReader(b), testserver.PatternBytes(100_000)); err != nil {
			t.Error(err)
		}
		if n, err := b.Read(nil); n != 0 || err != nil {
			t.Errorf("Read of nothing: %d, %v", n, err)
		}
	})
}

// Memory to read into may be part of anything.
func TestReadIntoAnything(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		var around struct {
			first *int
			p     [10_000]byte
			last  map[string]*int
		}
		around.first, around.last = new(int), map[string]*int{}
		if _, err := io.ReadFull(opened(t, handle(t, "/bytes/10000")), around.p[:]); err != nil || string(around.p[:]) != pattern(10_000) {
			t.Error(err)
		}
	})
}

func TestPauseHoldsReadsBack(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/bytes/1000000")
		b := opened(t, h)
		if err := h.Pause(curl.Receiving); err != nil {
			t.Fatal(err)
		}
		type read struct {
			body []byte
			err  error
		}
		got := make(chan read, 1)
		began := make(chan struct{})
		go func() {
			close(began)
			body, err := io.ReadAll(b)
			got <- read{body, err}
		}()
		<-began
		arrives(t, handle(t, "/"), "hello\n")
		select {
		case r := <-got:
			t.Errorf("while paused: %d bytes, %v", len(r.body), r.err)
		default:
		}
		if err := h.Resume(curl.Receiving); err != nil {
			t.Error(err)
		}
		if r := awaited(t, "the body", got); r.err != nil || string(r.body) != pattern(1_000_000) {
			t.Errorf("%d bytes, %v", len(r.body), r.err)
		}
	})
}

func TestCopyFromABody(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/bytes/5000000")
		file, err := os.Create(filepath.Join(t.TempDir(), "copy"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if n, err := io.Copy(file, opened(t, h)); n != 5_000_000 || err != nil {
			t.Errorf("%d bytes, %v", n, err)
		}
		if kept, err := os.ReadFile(file.Name()); err != nil || string(kept) != pattern(5_000_000) {
			t.Errorf("%d bytes, %v", len(kept), err)
		}

		for want, w := range map[error]io.Writer{io.ErrShortWrite: short{nil}, errWhy: short{errWhy}} {
			b := opened(t, h)
			n, err := io.Copy(w, b)
			if !errors.Is(err, want) || n == 0 {
				t.Errorf("%d bytes, %v", n, err)
			}
			rest, err := io.ReadAll(b) // where the writer has stopped
			if err != nil || !testserver.MatchesPattern(rest, n) || n+int64(len(rest)) > 5_000_000 {
				t.Errorf("after %d bytes %d, %v", n, len(rest), err)
			}
		}

		b := opened(t, h)
		_, err = io.Copy(writerFunc(func(p []byte) (int, error) {
			if n, err := b.Read(make([]byte, 10)); n != 0 || !errors.Is(err, curl.ErrReading) {
				t.Errorf("Read inside the writer: %d, %v", n, err)
			}
			if _, err := b.WriteTo(io.Discard); !errors.Is(err, curl.ErrReading) {
				t.Errorf("WriteTo inside the writer: %v", err)
			}
			if _, err := curl.Info(h, info.ResponseCode); err != nil {
				t.Error(err)
			}
			return len(p), b.Close()
		}), b)
		if !errors.Is(err, curl.ErrBodyClosed) {
			t.Errorf("after Close inside the writer: %v", err)
		}
		arrives(t, h, pattern(5_000_000))
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// The body of a request is sent while that of its response is read.
func TestOpenUploads(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		for _, r := range []io.Reader{bytes.NewReader(testserver.PatternBytes(3_000_000)), iotest.OneByteReader(bytes.NewReader(testserver.PatternBytes(3000)))} {
			h := handle(t, "/echo-body", opt.Upload(true))
			if err := h.Input(r); err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(opened(t, h)); err != nil || !testserver.MatchesPattern(body, 0) || len(body) < 3000 {
				t.Errorf("%d bytes, %v", len(body), err)
			}
		}
	})
}

func TestOpenOfThePackage(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 2 {
		b, err := curl.Open(bounded(t), s.URL("/bytes/1000"), opt.NoProxy("*"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(b)
		if err != nil || string(body) != pattern(1000) || infoOf(t, b.Easy(), info.ResponseCode) != 200 {
			t.Errorf("%d bytes, %v", len(body), err)
		}
		b.Close()
		awaited(t, "the end of the handle", b.Easy().Done())
	}
	if blocks, _ := blockingResolver(t); !blocks && s.Connections() != 1 {
		t.Errorf("%d connections", s.Connections())
	}
	if _, err := curl.Open(t.Context(), "no-such-scheme://x"); err == nil {
		t.Error("there is a body of nowhere")
	}
}
