//go:build linux

package protocols

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const (
	user     = "user"
	password = "secret"
)

// handle makes a handle that is closed when the test ends.
func handle(t *testing.T, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(append([]opt.Option{opt.NoProxy("*")}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// patient is a context that ends long after everything a test waits for.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// pattern is content that shows where a part of it belongs.
func pattern(n int) string { return string(testserver.PatternBytes(n)) }

// large is more than all the buffers between two processes hold.
const large = 16 << 20

// site is a server with content, for the tries that all protocols have.
type site struct {
	*peer
	options []opt.Option // who asks, and whom to trust
	wrong   []opt.Option // the same with credentials that are refused
	url     func(name string) string
}

func (s *site) handle(name string, options ...opt.Option) *curl.Easy {
	s.t.Helper()
	return handle(s.t, append(append([]opt.Option{opt.URL(s.url(name))}, s.options...), options...)...)
}

// gets fetches a file and compares it.
func (s *site) gets(h *curl.Easy, want string) {
	s.t.Helper()
	body, err := h.Fetch(patient(s.t))
	if err != nil {
		s.t.Fatal(err)
	}
	if string(body) != want {
		s.t.Fatalf("%d bytes, %.80q, want %d, %.80q", len(body), body, len(want), want)
	}
}

// maker starts a server for a try. Files that are downloaded are in its folder "files".
type maker func(t *testing.T) *site

func (m maker) download(t *testing.T) {
	s := m(t)
	want := pattern(300_000)
	s.file("files/download", want)
	s.gets(s.handle("download"), want)
}

func (m maker) upload(t *testing.T) {
	s := m(t)
	s.file("files/there", "")
	want := pattern(300_000)
	h := s.handle("upload", opt.Upload(true))
	if err := h.Input(strings.NewReader(want)); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	s.until("the server has no such file", func() bool { // it may write what it has said it has
		got, err := os.ReadFile(filepath.Join(s.dir, "files/upload"))
		return err == nil && string(got) == want
	})
}

func (m maker) resume(t *testing.T) {
	s := m(t)
	want := pattern(300_000)
	s.file("files/download", want)
	s.gets(s.handle("download", opt.ResumeFrom(100_001)), want[100_001:])
}

func (m maker) missing(t *testing.T) {
	s := m(t)
	s.file("files/there", "")
	if err := s.handle("none").Perform(patient(t)); !errors.Is(err, codes.RemoteFileNotFound) {
		t.Errorf("%v", err)
	}
}

func (m maker) wrongPassword(t *testing.T) {
	s := m(t)
	s.file("files/download", "content")
	h := handle(t, append([]opt.Option{opt.URL(s.url("download"))}, s.wrong...)...)
	if err := h.Perform(patient(t)); !errors.Is(err, codes.LoginDenied) {
		t.Errorf("%v", err)
	}
}

// cancel has another goroutine end the transfer in the middle; the handle is fit for another.
func (m maker) cancel(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	s.file("files/download", "content")
	h := s.cancelled("large")
	if err := h.Set(append(s.options, opt.URL(s.url("download")), opt.WriteFunction(nil))...); err != nil {
		t.Fatal(err)
	}
	s.gets(h, "content")
}

// cancelled cancels the download of a large file when its first bytes have come. The server goes silent then: it cannot be
// done before, and whatever libcurl would wait for does not come.
func (s *site) cancelled(name string) *curl.Easy {
	s.t.Helper()
	ctx, cancel := context.WithCancelCause(patient(s.t))
	why := errors.New("enough of it")
	var once sync.Once
	h := s.handle(name, opt.WriteFunction(func([]byte) error {
		once.Do(func() {
			s.silent()
			go cancel(why)
		})
		return nil
	}))
	began := time.Now()
	if err := h.Perform(ctx); !errors.Is(err, why) || !errors.Is(err, context.Canceled) {
		s.t.Errorf("%v", err)
	}
	if d := time.Since(began); d > 10*time.Second {
		s.t.Errorf("it took %v", d)
	}
	s.goesOn()
	return h
}

// cancelInside cancels in a callback, where what comes, comes at once, and a context could be late.
func (m maker) cancelInside(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	if got := s.cancelledInside("large"); got >= large {
		t.Errorf("%d bytes", got)
	}
}

// cancelledInside cancels a transfer with its first bytes, and says how many came.
func (s *site) cancelledInside(name string, options ...opt.Option) (got int) {
	s.t.Helper()
	var h *curl.Easy
	h = s.handle(name, append(options, opt.WriteFunction(func(p []byte) error {
		got += len(p)
		return h.Cancel()
	}))...)
	if err := h.Perform(patient(s.t)); !errors.Is(err, curl.ErrCancelled) {
		s.t.Errorf("%v", err)
	}
	return got
}

// serverGone has the server die in the middle: that is an error, and soon.
func (m maker) serverGone(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	s.dies("large")
}

// dies ends the server when the first bytes of a large file have come.
func (s *site) dies(name string) {
	s.t.Helper()
	var got bytes.Buffer
	var once sync.Once
	h := s.handle(name, opt.WriteFunction(func(p []byte) error {
		once.Do(s.gone)
		got.Write(p)
		return nil
	}))
	var e *curl.Error
	if err := h.Perform(patient(s.t)); !errors.As(err, &e) || errors.Is(err, context.DeadlineExceeded) {
		s.t.Errorf("after %d bytes: %v", got.Len(), err)
	}
	if got.Len() >= large {
		s.t.Errorf("%d bytes arrived", got.Len())
	}
}

// isCut ends the server in the same way, where libcurl cannot tell that from the end of the content, or does not: then
// there may be no error, but there is an end.
func (s *site) isCut(name string) {
	s.t.Helper()
	got := 0
	h := s.handle(name, opt.WriteFunction(func(p []byte) error {
		if got == 0 {
			s.gone()
		}
		got += len(p)
		return nil
	}))
	if err := h.Perform(patient(s.t)); errors.Is(err, codes.OperationTimedOut) || got >= large {
		s.t.Errorf("%d bytes, %v", got, err)
	}
}

// certificate makes the files of a server's certificate, and the option that trusts it.
func (p *peer) certificate() (cert, key string, trust opt.Option) {
	p.t.Helper()
	a, err := testserver.NewAuthority()
	if err != nil {
		p.t.Fatal(err)
	}
	c, err := a.Issue("localhost", "localhost", "127.0.0.1")
	if err != nil {
		p.t.Fatal(err)
	}
	certPEM, keyPEM, err := testserver.EncodeCertificate(c)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.file("cert.pem", string(certPEM)), p.file("key.pem", string(keyPEM)), opt.CAInfo(p.file("ca.pem", string(a.PEM())))
}
