package curl_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// received is what Go's own reader has made of a part.
type received struct {
	Name, FileName, Type, Encoding string
	Header                         textproto.MIMEHeader
	Content                        string
	Parts                          []received // of a part whose type is multipart
}

// form is what a server has received.
type form struct {
	Length int64 // of the request, -1: it came in chunks
	Type   string
	Parts  []received
}

// readParts reads a multipart body.
func readParts(contentType string, body io.Reader) ([]received, error) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, err
	}
	r := multipart.NewReader(body, params["boundary"])
	var list []received
	for {
		p, err := r.NextRawPart() // as it was sent, without decoding
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		got := received{Name: p.FormName(), FileName: p.FileName(), Type: p.Header.Get("Content-Type"),
			Encoding: p.Header.Get("Content-Transfer-Encoding"), Header: p.Header}
		if strings.HasPrefix(got.Type, "multipart/") {
			got.Parts, err = readParts(got.Type, p)
		} else {
			var content []byte
			content, err = io.ReadAll(p)
			got.Content = string(content)
		}
		if err != nil {
			return list, err
		}
		list = append(list, got)
	}
}

// formServer answers /own/form with what it has received, in gob, and /own/moved with a redirect to there, after it
// has read the form.
func formServer(t testing.TB, config testserver.HTTPConfig) *testserver.HTTP {
	mux := http.NewServeMux()
	mux.HandleFunc("/own/form", func(w http.ResponseWriter, r *http.Request) {
		parts, err := readParts(r.Header.Get("Content-Type"), r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_ = gob.NewEncoder(w).Encode(form{r.ContentLength, r.Header.Get("Content-Type"), parts})
	})
	mux.HandleFunc("/own/moved", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		http.Redirect(w, r, "/own/form", http.StatusTemporaryRedirect)
	})
	config.Handler = mux
	return testserver.NewHTTP(t, config)
}

// way is one of the ways to run a transfer.
type way struct {
	name  string
	setup func(t testing.TB, h *curl.Easy)
	fetch func(t testing.TB, h *curl.Easy) ([]byte, error)
}

// ways are the private driver, an engine, a body that is read on each of them, and a multi.
func ways() []way {
	nothing := func(testing.TB, *curl.Easy) {}
	engine := func(t testing.TB, h *curl.Easy) {
		g, err := curl.NewEngine(curl.EngineConfig{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { h.Close(); g.Close(context.Background()) })
		if err := g.Attach(h); err != nil {
			t.Fatal(err)
		}
	}
	fetch := func(t testing.TB, h *curl.Easy) ([]byte, error) { return h.Fetch(patient(t)) }
	open := func(t testing.TB, h *curl.Easy) ([]byte, error) {
		b, err := h.Open(patient(t))
		if err != nil {
			return nil, err
		}
		defer b.Close()
		return io.ReadAll(b)
	}
	multi := func(t testing.TB, h *curl.Easy) ([]byte, error) {
		var body []byte
		setAll(t, h, opt.WriteFunction(func(p []byte) error { body = append(body, p...); return nil }))
		m, err := curl.NewMulti()
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		if err := m.Add(h); err != nil {
			t.Fatal(err)
		}
		for _, msg := range runAll(t, m) {
			err = msg.Err
		}
		return body, err
	}
	return []way{
		{"own", nothing, fetch}, {"engine", engine, fetch}, {"body", nothing, open}, {"body on an engine", engine, open},
		{"multi", nothing, multi},
	}
}

// eachWay runs f with a handle for each way; send runs its transfer.
func eachWay(t *testing.T, f func(t *testing.T, h *curl.Easy, send func() ([]byte, error))) {
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			h, err := curl.New(opt.HTTPHeader([]string{"Expect:"}))
			if err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { h.Close() })
			w.setup(t, h)
			f(t, h, func() ([]byte, error) { return w.fetch(t, h) })
		})
	}
}

// newMIME makes a form that is right.
func newMIME(t testing.TB, parts ...curl.Part) *curl.MIME {
	t.Helper()
	m, err := curl.NewMIME(parts...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// setMIME sets it, or says that this libcurl has no MIME.
func setMIME(t testing.TB, h *curl.Easy, parts ...curl.Part) {
	t.Helper()
	if err := h.SetMIME(newMIME(t, parts...)); err != nil {
		t.Fatal(err)
	}
}

// arrived decodes what the server of forms has answered.
func arrived(t testing.TB, body []byte, err error) form {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var f form
	if err := gob.NewDecoder(bytes.NewReader(body)).Decode(&f); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return f
}
