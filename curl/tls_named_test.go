package curl

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const (
	libreSSL = `{ { 1, "openssl" }, "LibreSSL/4.2.1" }`
	rustls   = `{ { 14, "rustls" }, "rustls-ffi/0.15.3/rustls/0.23.42/ring" }`
)

// No package that the flavours are made from has LibreSSL, or Rustls for C; so their version texts and the choice of them
// are tried with stand-ins. Real builds are for `make test-flavour LIBCURL=...`.
func TestStandInsForLibreSSLAndRustlsAreToldApartAndChosen(t *testing.T) {
	for name, c := range map[string]struct {
		libraries string
		names     []string // as they are listed
		wish      string   // "": none
		want      TLSLibrary
		absent    string // not there, although libcurl has one by the same number
		late      string // there, and not to be had any more
	}{
		"LibreSSL": {libreSSL, []string{TLSLibreSSL}, TLSLibreSSL,
			TLSLibrary{Name: TLSLibreSSL, Version: "4.2.1", Backend: info.TLSOpenSSL}, TLSOpenSSL, ""},
		"Rustls": {rustls, []string{TLSRustls}, TLSRustls,
			TLSLibrary{Name: TLSRustls, Version: "0.15.3", Detail: "rustls/0.23.42/ring", Backend: info.TLSRustls}, TLSOpenSSL, ""},
		"both": {libreSSL + "," + rustls, []string{TLSLibreSSL, TLSRustls}, "",
			TLSLibrary{Name: TLSLibreSSL, Version: "4.2.1", Backend: info.TLSOpenSSL}, TLSAWSLC, TLSRustls},
		"both, the second chosen": {libreSSL + "," + rustls, []string{TLSLibreSSL, TLSRustls}, TLSRustls,
			TLSLibrary{Name: TLSRustls, Version: "0.15.3", Detail: "rustls/0.23.42/ring", Backend: info.TLSRustls}, TLSBoringSSL, TLSLibreSSL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
				inChild(t, "GOCURL_TEST_LIBRARY="+overSystemLibcurl(t, "testdata/tls/named.c", "-DLIBRARIES="+c.libraries),
					"ASAN_OPTIONS=detect_leaks=0") // of libraries that were looked at and unloaded
				return
			}
			path := os.Getenv("GOCURL_TEST_LIBRARY")
			there, err := AvailableTLS(path)
			var names []string
			for _, lib := range there {
				names = append(names, lib.Name)
			}
			if err != nil || !slices.Equal(names, c.names) {
				t.Errorf("%q, %v", names, err)
			}
			if err := Load(path, ChooseTLS(c.absent)); !errors.Is(err, ErrTLSAbsent) || !strings.Contains(err.Error(), "built with "+c.names[0]) {
				t.Errorf("%s: %v", c.absent, err)
			}
			var choice []LoadOption
			if c.wish != "" {
				choice = append(choice, ChooseTLS(c.wish))
			}
			if err := Load(path, choice...); err != nil {
				t.Fatal(err)
			}
			c.want.Threads, c.want.Locks = TLSLocksItself, TLSLocksNone
			if v, err := Version(); err != nil || v.TLS[0] != c.want || len(v.TLS) != len(c.names) {
				t.Errorf("%+v, %v", v.TLS, err)
			}
			if err := Load(path, ChooseTLS(c.late)); c.late != "" && !errors.Is(err, ErrTLSTooLate) {
				t.Errorf("%s, when %s is in use: %v", c.late, c.want.Name, err)
			}
			s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
			h, err := New(opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)))
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			if body, err := h.Fetch(context.Background()); err != nil || string(body) != "hello\n" {
				t.Errorf("%q, %v", body, err)
			}
		})
	}
}
