package curl

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// fakeChoice is a libcurl that calls its TLS libraries so, and answers so when it is to use one.
type fakeChoice struct {
	text   string
	list   []capi.TLSBackend
	answer int
	set    int // what it was asked for, 0: nothing
}

func (f *fakeChoice) VersionText() string {
	return "libcurl/8.22.0 " + f.text + " zlib/1.2.13 libssh2/1.10.0"
}
func (f *fakeChoice) TLSList() []capi.TLSBackend { return f.list }
func (f *fakeChoice) TLSSet(id int) int          { f.set = id; return f.answer }

func TestTLSLibrariesAreChosenByName(t *testing.T) {
	multi := []capi.TLSBackend{{ID: 1, Name: "openssl"}, {ID: 2, Name: "gnutls"}, {ID: 14, Name: "rustls"}}
	for _, c := range []struct {
		text string
		list []capi.TLSBackend
		wish tlsWish
		want info.TLSBackend // 0: absent
	}{
		{"OpenSSL/3.0.22", multi[:1], tlsWish{TLSOpenSSL}, info.TLSOpenSSL},
		{"OpenSSL/3.0.22", multi[:1], tlsWish{"openssl"}, info.TLSOpenSSL},
		{"OpenSSL/3.0.22", multi[:1], tlsWish{TLSGnuTLS}, 0},
		{"BoringSSL", multi[:1], tlsWish{TLSOpenSSL}, 0}, // although libcurl calls it openssl, too
		{"BoringSSL", multi[:1], tlsWish{TLSBoringSSL}, info.TLSOpenSSL},
		{"AWS-LC/5.1.0", multi[:1], tlsWish{TLSLibreSSL}, 0},
		{"AWS-LC/5.1.0", multi[:1], tlsWish{TLSLibreSSL, TLSAWSLC}, info.TLSOpenSSL},
		{"(LibreSSL/4.2.1) GnuTLS/3.7.9 (rustls-ffi/0.15.3/rustls/0.23.42/ring)", multi, tlsWish{TLSLibreSSL}, info.TLSOpenSSL},
		{"(LibreSSL/4.2.1) GnuTLS/3.7.9 (rustls-ffi/0.15.3/rustls/0.23.42/ring)", multi, tlsWish{TLSOpenSSL, TLSRustls, TLSGnuTLS}, info.TLSRustls},
		{"(LibreSSL/4.2.1) GnuTLS/3.7.9 (rus", multi, tlsWish{TLSRustls}, info.TLSRustls}, // old versions cut the text off
		{"", nil, tlsWish{TLSOpenSSL}, 0},
	} {
		f := &fakeChoice{text: c.text, list: c.list}
		err := c.wish.choose(f)
		if f.set != int(c.want) || (err == nil) != (c.want != 0) {
			t.Errorf("%v of %q: asked for %d, %v", c.wish, c.text, f.set, err)
		}
		var choice *TLSChoiceError
		if c.want == 0 && (!errors.As(err, &choice) || !errors.Is(err, ErrTLSAbsent) || errors.Is(err, ErrTLSTooLate) || len(choice.Available) != len(c.list)) {
			t.Errorf("%v of %q: %v", c.wish, c.text, err)
		}
	}
	late := &fakeChoice{text: "OpenSSL/3.0.22 (GnuTLS/3.7.9)", list: multi[:2], answer: sslsetTooLate}
	if err := (tlsWish{TLSGnuTLS}).choose(late); !errors.Is(err, ErrTLSTooLate) {
		t.Error(err)
	}
}

func TestWhatIsSaidAboutAChoiceThatCannotBeHad(t *testing.T) {
	libs := []TLSLibrary{{Name: TLSGnuTLS}, {Name: TLSOpenSSL}}
	for want, err := range map[string]error{
		"": tlsWish{TLSRustls, TLSGnuTLS}.satisfied(libs),
		"wanted OpenSSL, but libcurl uses GnuTLS already: choose with curl.Load before anything else":            tlsWish{TLSOpenSSL}.satisfied(libs),
		"wanted NSS or BearSSL, but this libcurl was built with GnuTLS or OpenSSL: choose that, or load another": tlsWish{TLSNSS, TLSBearSSL}.satisfied(libs),
		"wanted NSS, but this libcurl was built without any TLS library: load another one":                       tlsWish{TLSNSS}.satisfied(nil),
	} {
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// On the libcurl of this machine, which has one TLS library.
func TestChoosingTLSOnTheDefaultLibcurl(t *testing.T) {
	skipIfLinked(t)
	// Libraries that libcurl needs keep memory until the end of the process, and are gone before it when libcurl is.
	if !inChild(t, "ASAN_OPTIONS=detect_leaks=0") {
		return
	}
	there, err := AvailableTLS("")
	if err != nil || len(there) == 0 {
		t.Fatal(there, err)
	}
	if loader.Path() != "" {
		t.Error("looking has loaded ", loader.Path())
	}
	var choice *TLSChoiceError
	if err := Load("", ChooseTLS("NoSuchTLS")); !errors.Is(err, ErrLoad) || !errors.Is(err, ErrTLSAbsent) || !errors.As(err, &choice) {
		t.Error(err)
	}
	if err := Load("", ChooseTLS("NoSuchTLS", there[0].Name)); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{Load("", ChooseTLS(there[0].Name)), Load("")} { // again, and with no wish
		if err != nil {
			t.Error(err)
		}
	}
	if err := Load("", ChooseTLS("NoSuchTLS")); !errors.As(err, &choice) || !errors.Is(err, ErrTLSAbsent) {
		t.Error(err)
	}
	if now, err := AvailableTLS(""); err != nil || now[0].Name != there[0].Name || now[0].Locks == "" {
		t.Error(now, err)
	}
}

// Each TLS library of a build with several is chosen in turn, and is the one that transfers use.
func TestEachTLSLibraryOfABuildWithSeveral(t *testing.T) {
	skipIfLinked(t)
	if sanitized {
		t.Skip("what the libraries leave behind is not ours, and NSS does not load its module for certificates under the sanitizer")
	}
	builds := 0
	for _, f := range flavours(t) {
		if f.loader != "-" || !strings.Contains(f.name, "multi") {
			continue
		}
		builds++
		for _, name := range []string{TLSOpenSSL, TLSGnuTLS, TLSMbedTLS, TLSWolfSSL, TLSBearSSL, TLSNSS} {
			t.Run(f.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				if inChild(t, beside(f.library)) {
					useTLS(t, f.library, name)
				}
			})
		}
	}
	if builds == 0 {
		t.Skip("no flavour with several TLS libraries is there; make flavours")
	}
}

func useTLS(t *testing.T, path, name string) {
	there, err := AvailableTLS(path)
	if err != nil || len(there) < 2 {
		t.Fatal(there, err)
	}
	err = Load(path, ChooseTLS(name))
	if _, built := (tlsWish{name}).find(there); !built {
		if !errors.Is(err, ErrTLSAbsent) {
			t.Errorf("%v, of %+v", err, there)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	v, err := Version()
	if err != nil || v.TLS[0].Name != name || len(v.TLS) != len(there) {
		t.Fatalf("%+v, %v", v.TLS, err)
	}
	other := v.TLS[1].Name
	if err := Load(path, ChooseTLS(other)); !errors.Is(err, ErrTLSTooLate) {
		t.Errorf("%s when %s is in use: %v", other, name, err)
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	var used info.TLSSession
	var h *Easy
	h, err = New(opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), anyName, opt.WriteFunction(func([]byte) error {
		used, err = Info(h, info.TLSPointer)
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil || used.Backend != v.TLS[0].Backend || used.Pointer == 0 {
		t.Errorf("%v; the connection uses %v", err, used.Backend)
	}
}
