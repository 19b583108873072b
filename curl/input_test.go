package curl_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// onlyReader hides everything but Read.
func onlyReader(r io.Reader) io.Reader { return struct{ io.Reader }{r} }

// What a reader may do by the rules of io.Reader, and what it must not, on handles of all kinds.
func TestInputReaders(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		body := testserver.PatternBytes(300_000)
		for name, r := range map[string]io.Reader{
			"seeks":          bytes.NewReader(body),
			"has a length":   bytes.NewBuffer(bytes.Clone(body)),
			"has no length":  onlyReader(bytes.NewReader(body)),
			"ends with data": iotest.DataErrReader(onlyReader(bytes.NewReader(body))),
			"stutters":       &stutter{r: bytes.NewReader(body)},
			"gives halves":   iotest.HalfReader(bytes.NewReader(body)),
		} {
			h := handle(t, "/echo-body", opt.Upload(true))
			if err := h.Input(r); err != nil {
				t.Fatal(err)
			}
			if got, err := h.Fetch(bounded(t)); err != nil || !bytes.Equal(got, body) {
				t.Errorf("a reader that %s: %d bytes, %v", name, len(got), err)
			}
		}
		for name, c := range map[string]struct {
			r    io.Reader
			want error
		}{
			"fails at once":  {iotest.ErrReader(errWhy), errWhy},
			"fails later":    {io.MultiReader(bytes.NewReader(body), iotest.ErrReader(errWhy)), errWhy},
			"never comes to": {readerFunc(func([]byte) (int, error) { return 0, nil }), io.ErrNoProgress},
		} {
			h := handle(t, "/echo-body", opt.Upload(true))
			if err := h.Input(c.r); err != nil {
				t.Fatal(err)
			}
			err := h.Perform(bounded(t))
			var e *curl.Error
			if !errors.As(err, &e) || e.Cause != c.want || !errors.Is(err, codes.AbortedByCallback) {
				t.Errorf("a reader that %s: %v", name, err)
			}
		}
		h := handle(t, "/echo-body", opt.Upload(true))
		if err := h.Input(readerFunc(func([]byte) (int, error) { panic(errWhy) })); err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() {
				if p, ok := recover().(*curl.CallbackPanic); !ok || p.Value != errWhy {
					t.Errorf("panicked with %v", p)
				}
			}()
			h.Perform(bounded(t))
		}()
		if err := h.Input(strings.NewReader("afterwards")); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "afterwards")
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A body is sent again where libcurl has to, when its source can go back, and otherwise fails with the reason.
func TestInputGoesBack(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle handleMaker) {
		body := pattern(100_000)
		auth := []opt.Option{opt.UserPassword(testserver.User + ":" + testserver.Password), opt.HTTPAuth(opt.AuthAny)}
		for path, want := range map[string]string{"/redirect-body?code=307": body, "/redirect-body?code=308": body, "/digest": "welcome user\n"} {
			if path == "/digest" && s.Authority != nil && olderThan(t, 0x080e00) {
				continue // takes an HTTP/2 server that answers before it has read all for one that fails
			}
			h := handle(t, path, append(auth, opt.Upload(true), opt.FollowLocation(true))...)
			if err := h.Input(strings.NewReader(body)); err != nil {
				t.Fatal(err)
			}
			arrives(t, h, want)
			if strings.Contains(path, "digest") {
				continue // libcurl begins with a request without a body there
			}
			if err := h.Input(onlyReader(strings.NewReader(body))); err != nil {
				t.Fatal(err)
			}
			if err := h.Perform(bounded(t)); !errors.Is(err, codes.SendFailRewind) || !errors.Is(err, curl.ErrNoRewind) {
				t.Errorf("%s: %v", path, err)
			}
			fixed := errors.New("cannot go back")
			if err := h.Input(&stuck{Reader: strings.NewReader(body), err: fixed}); err != nil {
				t.Fatal(err)
			}
			if err := h.Perform(bounded(t)); !errors.Is(err, fixed) {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
}

// stuck seeks while it is looked at, and never goes back to its start after that.
type stuck struct {
	*strings.Reader
	err  error
	read bool
}

func (s *stuck) Read(p []byte) (int, error) {
	s.read = true
	return s.Reader.Read(p)
}

func (s *stuck) Seek(offset int64, whence int) (int64, error) {
	if s.read {
		return 0, s.err
	}
	return s.Reader.Seek(offset, whence)
}

// A server that answers before it has read the body is heard.
func TestInputIsAnsweredEarly(t *testing.T) {
	for name, end := range map[string]testserver.Step{"and reads on": testserver.Drain(), "and hangs up": testserver.CloseWrite()} {
		for _, known := range []bool{true, false} {
			gate := testserver.NewGate()
			s := testserver.NewScript(t, testserver.Script{
				testserver.ExpectHead(),
				testserver.Send("HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large"),
				testserver.Do("let the client send", func(*testserver.ScriptConn) error { gate.Open(); return nil }),
				end,
				testserver.Drain(),
			})
			r := io.MultiReader(onlyReader(strings.NewReader("some")), readerFunc(func([]byte) (int, error) {
				gate.Pass(t.Context())
				return 0, io.EOF // of this part
			}), testserver.NewPatternReader(10<<20))
			if known {
				r = lengthened{r}
			}
			h := handleWith(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}))
			if err := h.Input(r); err != nil {
				t.Fatal(err)
			}
			b := opened(t, h)
			body, err := io.ReadAll(b)
			if n := infoOf(t, h, info.ResponseCode); n != 413 || string(body) != "too large" || err != nil {
				t.Errorf("%s, known %v: status %d, %q, %v", name, known, n, body, err)
			}
			if n := infoOf(t, h, info.SizeUpload); n >= 10<<20 {
				t.Errorf("%s, known %v: all was sent", name, known)
			}
		}
	}
}

// lengthened says how long the body is going to be.
type lengthened struct{ io.Reader }

func (lengthened) Len() int { return 4 + 10<<20 }

// A large upload is asked for larger pieces, unless the user has set their size.
func TestInputFitsTheBuffer(t *testing.T) {
	privately(t, "what an engine asks for has a size of its own, TestInputReaders")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/upload")), opt.NoProxy("*"), opt.Upload(true))
	largest := func(r io.Reader) int {
		t.Helper()
		most := 0
		if err := h.Input(measured{r, &most}); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
		return most
	}
	large, small := testserver.NewPatternReader(8<<20), strings.NewReader("small")
	if n := largest(large); n <= 64<<10 {
		t.Errorf("pieces of at most %d bytes", n)
	}
	if n := largest(small); n > 64<<10 {
		t.Errorf("pieces of up to %d bytes for a small one", n)
	}
	if err := h.Set(opt.UploadBufferSize(32 << 10)); err != nil {
		t.Fatal(err)
	}
	if n := largest(testserver.NewPatternReader(8 << 20)); n > 32<<10 {
		t.Errorf("pieces of up to %d bytes where 32 KiB were asked for", n)
	}
	h.Reset()
	if err := h.Set(opt.URL(s.URL("/upload")), opt.NoProxy("*"), opt.Upload(true)); err != nil {
		t.Fatal(err)
	}
	if n := largest(testserver.NewPatternReader(8 << 20)); n <= 64<<10 {
		t.Errorf("after Reset: pieces of at most %d bytes", n)
	}
}

// measured notes the largest piece that is asked for.
type measured struct {
	io.Reader
	most *int
}

func (m measured) Read(p []byte) (int, error) {
	*m.most = max(*m.most, len(p))
	return m.Reader.Read(p)
}

func (m measured) Len() int {
	if l, ok := m.Reader.(interface{ Len() int }); ok {
		return l.Len()
	}
	return 8 << 20
}

// On a lane libcurl got a pause where it reads what a resumed upload leaves out, and failed: "Could only read 268435457 bytes".
func TestInputWithoutSeekResumes(t *testing.T) {
	streams(t, func(t *testing.T, _ *testserver.HTTP, handle handleMaker) {
		h := handle(t, "/echo-body", opt.Upload(true), opt.ResumeFrom(4))
		c, err := h.Clone()
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for _, h := range []*curl.Easy{h, c} {
			if err := h.Input(onlyReader(strings.NewReader("0123456789"))); err != nil {
				t.Fatal(err)
			}
			set(t, h, opt.InFileSize(10))
			got, err := h.Fetch(bounded(t))
			switch gone := errors.Is(err, codes.BadFunctionArgument); {
			case !olderThan(t, 0x081700) && gone: // libcurl resumes no HTTP upload any more
			case err != nil || string(got) != "456789":
				t.Errorf("%q, %v", got, err)
			}
		}
	})
}
