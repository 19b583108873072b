package curl

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const pemOf = "-----BEGIN CERTIFICATE-----\n"

func TestWhereCertificatesAreLookedFor(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bundle, other := put("bundle.pem", pemOf+"bundle"), put("other.pem", pemOf+"other")
	one := filepath.Dir(put("one/a.pem", pemOf+"a"))
	put("one/b.pem", pemOf+"b")
	put("one/0123abcd.0", pemOf+"b") // the name that OpenSSL looks for
	put("one/README", "not a certificate")
	empty, gone := t.TempDir(), filepath.Join(dir, "gone")
	for name, c := range map[string]struct {
		file, dir      string // of the environment
		files, folders []string
		want           authorities // for a TLS library that looks certificates up in folders
	}{
		"nothing":       {"", "", []string{gone}, []string{gone, empty}, authorities{}},
		"usual file":    {"", "", []string{gone, bundle}, []string{one}, authorities{from: bundle, file: bundle}},
		"usual folder":  {"", "", []string{gone}, []string{gone, one}, authorities{from: one, folder: one}},
		"named file":    {other, "", []string{bundle}, []string{one}, authorities{from: other, file: other}},
		"named folder":  {"", gone + ":" + one, []string{bundle}, nil, authorities{from: one, folder: one}},
		"named both":    {other, one, []string{bundle}, nil, authorities{from: other + ":" + one, file: other, folder: one}},
		"named in vain": {gone, "", []string{bundle}, []string{empty}, authorities{}},
	} {
		p := caPlaces{func(v string) string { return map[string]string{"SSL_CERT_FILE": c.file, "SSL_CERT_DIR": c.dir}[v] }, c.files, c.folders}
		if got := p.find(true); got.from != c.want.from || got.file != c.want.file || got.folder != c.want.folder || got.pem != nil {
			t.Errorf("%s: %+v", name, got)
		}
		got := p.find(false)
		if got.folder != "" || got.from != c.want.from || (got.pem != nil) != (c.want.folder != "") {
			t.Errorf("%s, all at once: %+v", name, got)
		}
		if got.pem != nil && (bytes.Count(got.pem, []byte(pemOf)) != 2+bytes.Count(got.pem, []byte("other")) || bytes.Contains(got.pem, []byte("not"))) {
			t.Errorf("%s: %s", name, got.pem)
		}
	}
}

// A libcurl that does not know where certificates are verifies with those that are found; what a handle is given goes
// before them, and they come back when that is taken away. The libcurl is a stand-in.
func TestStandInForALibcurlWithoutCertificates(t *testing.T) {
	other, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"from a file": "OpenSSL/3.0.22", "from a folder": "GnuTLS/3.7.9"} {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
				inChild(t, "GOCURL_TEST_LIBRARY="+overSystemLibcurl(t, "testdata/nocas.c", `-DTLS="`+text+`"`))
				return
			}
			s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
			file := s.CAFile(t)
			if name == "from a file" {
				t.Setenv("SSL_CERT_FILE", file)
			} else {
				t.Setenv("SSL_CERT_DIR", filepath.Dir(file))
			}
			if err := Load(os.Getenv("GOCURL_TEST_LIBRARY")); err != nil {
				t.Fatal(err)
			}
			if v, err := Version(); err != nil || v.CAInfo != "" || v.CAFound == "" {
				t.Fatalf("%q, %v", v.CAFound, err)
			}
			if name == "from a folder" {
				if err := os.Remove(file); err != nil { // it was read, and is not read again
					t.Fatal(err)
				}
			}
			h, err := New(opt.URL(s.URL("/")), opt.FreshConnect(true))
			if err != nil {
				t.Fatal(err)
			}
			trusts := func(h *Easy, want bool, after string) {
				t.Helper()
				err := h.Perform(context.Background())
				if (err == nil) != want || err != nil && !errors.Is(err, codes.PeerFailedVerification) {
					t.Errorf("%s: %v", after, err)
				}
			}
			trusts(h, true, "new")
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			trusts(clone, true, "cloned")
			otherFile := testserver.WriteFile(t, "other.pem", other.PEM())
			for _, o := range []opt.Option{opt.CAInfo(otherFile), opt.CAInfoBlob(other.PEM())} {
				if err := h.Set(o); err != nil {
					t.Fatal(err)
				}
				trusts(h, false, o.ID().String())
				if err := h.Unset(o.ID()); err != nil {
					t.Fatal(err)
				}
				trusts(h, true, o.ID().String()+" taken back")
			}
			if err := h.Set(opt.CAInfo(otherFile)); err != nil {
				t.Fatal(err)
			}
			trusts(h, false, "the other file again")
			if err := errors.Join(h.Reset(), h.Set(opt.URL(s.URL("/")))); err != nil {
				t.Fatal(err)
			}
			trusts(h, true, "reset")
			h.Close()
			clone.Close()
		})
	}
}
