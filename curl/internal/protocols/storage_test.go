package protocols

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// storage is a peer that keeps files, whatever the protocol.
type storage struct {
	scheme, server string
	root           string       // where its files are
	base           string       // their URL, with the slash at its end
	options        []opt.Option // what every transfer needs
	large          int          // size of a file that no buffers hold; 0: 32 MiB

	readOnly bool         // it takes no uploads
	lists    bool         // a URL that ends in a slash is a listing
	resumes  bool         // downloads go on where they stopped,
	appends  bool         // and uploads
	wrong    []opt.Option // a password that is refused; nil: there is none
	denied   []codes.Easy // and what libcurl makes of that
	missing  []codes.Easy // what it makes of a file that is not there
	kill     func()       // ends the server at once; nil: it cannot be ended
	gone     []opt.Option // what it takes to notice that
}

// trials runs all that such a peer can do. The last one ends it.
func (s storage) trials(t *testing.T) {
	if s.large == 0 {
		s.large = 32 << 20
	}
	body := testserver.PatternBytes(300_000)
	s.keep(t, "small", body)
	try(t, s.scheme, s.server, "download", func(t *testing.T) {
		h := handle(t, s.at("small")...)
		arrives(t, h, string(body))
		arrives(t, h, string(body)) // on the same connection, where there is one
	})
	if !s.readOnly {
		try(t, s.scheme, s.server, "upload", func(t *testing.T) {
			h := handle(t, s.at("sent", opt.Upload(true), opt.InFileSize(int64(len(body))))...)
			if err := h.Input(bytes.NewReader(body)); err != nil {
				t.Fatal(err)
			}
			fetched(t, h)
			s.holds(t, "sent", body)
		})
	}
	try(t, s.scheme, s.server, "missing file", func(t *testing.T) { fails(t, handle(t, s.at("none")...), s.missing...) })
	if s.lists {
		try(t, s.scheme, s.server, "listing", func(t *testing.T) {
			if list := fetched(t, handle(t, s.at("")...)); !strings.Contains(list, "small") {
				t.Errorf("the listing is %q", list)
			}
		})
	}
	if s.resumes {
		try(t, s.scheme, s.server, "resumed download", s.resume)
	}
	if s.appends {
		try(t, s.scheme, s.server, "resumed upload", s.append)
	}
	if s.wrong != nil {
		try(t, s.scheme, s.server, "wrong password", func(t *testing.T) {
			fails(t, handle(t, s.at("small", s.wrong...)...), s.denied...)
		})
	}
	s.keep(t, "large", testserver.PatternBytes(s.large))
	try(t, s.scheme, s.server, "cancellation", func(t *testing.T) {
		ctx, cancel := context.WithCancel(bounded(t))
		h := handle(t, s.at("large", opt.WriteFunction(func([]byte) error { cancel(); return nil }))...)
		if err := h.Perform(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("the error is %v", err)
		}
		if err := h.Set(opt.WriteFunction(nil), opt.URL(s.base+"small")); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, string(body)) // the handle goes on to work
	})
	if s.kill != nil {
		try(t, s.scheme, s.server, "server gone half-way", func(t *testing.T) {
			got := 0
			h := handle(t, s.at("large", opt.WriteFunction(func(p []byte) error {
				if got == 0 {
					s.kill()
				}
				got += len(p)
				return nil
			}))...)
			if err := h.Set(s.gone...); err != nil {
				t.Fatal(err)
			}
			if err := h.Perform(bounded(t)); err == nil || errors.Is(err, context.DeadlineExceeded) || got == 0 || got >= s.large {
				t.Errorf("%d bytes, %v", got, err)
			}
		})
	}
}

// resume downloads the rest of a file.
func (s storage) resume(t *testing.T) {
	body := testserver.PatternBytes(200_000)
	s.keep(t, "partial", body)
	arrives(t, handle(t, s.at("partial", opt.ResumeFrom(150_000))...), string(body[150_000:]))
}

// append uploads the rest of one.
func (s storage) append(t *testing.T) {
	body := testserver.PatternBytes(200_000)
	s.keep(t, "begun", body[:80_000])
	h := handle(t, s.at("begun", opt.Upload(true), opt.Append(true), opt.InFileSize(120_000))...)
	if err := h.Input(bytes.NewReader(body[80_000:])); err != nil {
		t.Fatal(err)
	}
	fetched(t, h)
	s.holds(t, "begun", body)
}

// at are the options of a transfer of a file.
func (s storage) at(name string, more ...opt.Option) []opt.Option {
	return with(s.options, append([]opt.Option{opt.URL(s.base + name)}, more...)...)
}

// keep puts a file into the server's folder, for everyone to read and write.
func (s storage) keep(t *testing.T, name string, body []byte) {
	t.Helper()
	path := filepath.Join(s.root, name)
	if err := os.WriteFile(path, body, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil { // whatever the umask
		t.Fatal(err)
	}
}

func (s storage) holds(t *testing.T, name string, want []byte) {
	t.Helper()
	if got, err := os.ReadFile(filepath.Join(s.root, name)); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the server has %d bytes of %d, %v", len(got), len(want), err)
	}
}
