package curl_test

//lint:file-ignore SA1019 deprecated callbacks have to work as well

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// matcher checks a patterned body as it comes.
type matcher struct {
	t   testing.TB
	off int64
}

func (m *matcher) write(p []byte) error {
	if !testserver.MatchesPattern(p, m.off) {
		m.t.Errorf("the body differs from offset %d on", m.off)
		return errOfCallback
	}
	m.off += int64(len(p))
	return nil
}

// Bodies come byte by byte as they were sent, however they travel.
func TestWriteIsExact(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for path, size := range map[string]int64{"/bytes/67108864": 64 << 20, "/chunked/8388608": 8 << 20, "/gzip/8388608": 8 << 20} {
		m := matcher{t: t}
		h := easy(t, opt.URL(s.URL(path)), opt.AcceptEncoding("gzip"), opt.WriteFunction(m.write))
		perform(t, h)
		if m.off != size {
			t.Errorf("%s: %d bytes of %d", path, m.off, size)
		}
	}
}

// Header lines come whole, with their line ends, response by response, before the body and with the trailers after it.
func TestHeaderOrder(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own/first" {
			http.Redirect(w, r, "/own/second", http.StatusFound)
			return
		}
		w.Header()["X-One"] = []string{strings.Repeat("long", 10000)}
		w.Header().Set("Trailer", "X-Last")
		io.WriteString(w, "body")
		w.(http.Flusher).Flush()
		w.Header().Set("X-Last", "end")
	})})
	var events []string
	h := easy(t, opt.URL(s.URL("/own/first")), opt.FollowLocation(true),
		opt.HeaderFunction(func(line []byte) error {
			if !bytes.HasSuffix(line, []byte("\r\n")) {
				t.Errorf("no whole line: %.50q", line)
			}
			name, _, _ := strings.Cut(string(line), ":")
			if len(line) > 40000 {
				name += " long"
			}
			events = append(events, strings.TrimSpace(name))
			return nil
		}),
		opt.WriteFunction(func(p []byte) error { events = append(events, "<"+string(p)+">"); return nil }))
	perform(t, h)
	events = slices.DeleteFunc(events, func(s string) bool {
		return !strings.ContainsAny(s, "<") && !strings.HasPrefix(s, "HTTP") && !strings.HasPrefix(s, "X-")
	})
	want := []string{"HTTP/1.1 302 Found", "HTTP/1.1 200 OK", "X-One long", "<body>", "X-Last"}
	if !slices.Equal(events, want) {
		t.Errorf("the callbacks were %q, want %q", events, want)
	}
}

// A source is read to its end, may give little or nothing at a time, and is sent as it is.
func TestReadIsExact(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var back matcher
	back.t = t
	source := testserver.NewPatternReader(8 << 20)
	calls := 0
	h := easy(t, opt.URL(s.URL("/echo-body")), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}), opt.WriteFunction(back.write),
		opt.ReadFunction(func(p []byte) (int, error) {
			if calls++; calls%3 == 0 {
				return 0, nil // an io.Reader may
			}
			return source.Read(p[:min(len(p), 1+calls*7)])
		}))
	perform(t, h)
	if back.off != 8<<20 {
		t.Errorf("%d bytes came back", back.off)
	}
}

// What an io.Reader may return together with an error.
func TestReadResults(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, c := range map[string]struct {
		read func(p []byte) (int, error)
		want error
	}{
		"data with the end": {read: func(p []byte) (int, error) { return copy(p, "12345"), io.EOF }},
		"nothing for ever":  {func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress},
		"data with an error": {func(p []byte) (int, error) { return copy(p, "12345"), errOfCallback },
			errOfCallback},
	} {
		read := c.read
		if c.want == nil {
			once := false
			read = func(p []byte) (int, error) {
				if once {
					return 0, io.EOF
				}
				once = true
				return c.read(p)
			}
		}
		h := easy(t, opt.URL(s.URL("/upload")), opt.Upload(true), opt.ReadFunction(read))
		body, err := h.Fetch(patient(t))
		if !errors.Is(err, c.want) || c.want == nil && string(body) != "5" {
			t.Errorf("%s: %q, %v", name, body, err)
		}
	}
	for _, n := range []int{-1, 1 << 30} {
		h := easy(t, opt.URL(s.URL("/upload")), opt.Upload(true), opt.ReadFunction(func([]byte) (int, error) { return n, nil }))
		if err := h.Perform(patient(t)); err == nil || !strings.Contains(err.Error(), "outside its buffer") {
			t.Errorf("a count of %d: %v", n, err)
		}
	}
}

// libcurl goes back to the start of a source by seek, or by ioctl where there is no seek, and says from where.
func TestRewinding(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, with := range []string{"seek", "ioctl", "cannot seek"} {
		source, rewound := strings.NewReader("0123456789"), 0
		h := easy(t, opt.URL(s.URL("/redirect-body")), opt.Post(true), opt.PostFieldSize(10), opt.FollowLocation(true),
			opt.HTTPHeader([]string{"Expect:"}), opt.ReadFunction(source.Read))
		if with != "ioctl" {
			setAll(t, h, opt.SeekFunction(func(offset int64, whence int) error {
				rewound++
				if with == "cannot seek" {
					return opt.ErrCantSeek
				}
				_, err := source.Seek(offset, whence)
				return err
			}))
		} else {
			setAll(t, h, opt.IoctlFunction(func(cmd opt.IOCommand) error {
				if cmd != opt.IORestartRead {
					t.Errorf("the command is %v", cmd)
				}
				rewound++
				_, err := source.Seek(0, io.SeekStart)
				return err
			}))
		}
		body, err := h.Fetch(patient(t))
		if with == "cannot seek" {
			var e *curl.Error
			if !errors.As(err, &e) || e.Cause != nil || rewound == 0 {
				t.Errorf("%s: %v", with, err)
			}
		} else if err != nil || string(body) != "0123456789" || rewound != 1 {
			t.Errorf("%s: %q, %v, rewound %d times", with, body, err, rewound)
		}
	}
}
