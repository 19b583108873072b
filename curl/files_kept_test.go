package curl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// No libcurl takes notice of CURLHSTS_READONLYFILE: the file was written all the same.
func TestHSTSFileThatIsReadOnly(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	const text = "# by hand\nhsts.test \"20990101 00:00:00\"\n"
	readOnly := opt.HSTSControl(opt.HSTSEnable | opt.HSTSReadOnlyFile)
	for name, c := range map[string]struct {
		use  func(h *curl.Easy, file opt.Option)
		kept bool
	}{
		"before the file": {func(h *curl.Easy, file opt.Option) { setAll(t, h, readOnly, file) }, true},
		"after the file":  {func(h *curl.Easy, file opt.Option) { setAll(t, h, file, readOnly) }, true},
		"not":             {func(h *curl.Easy, file opt.Option) { setAll(t, h, file) }, false},
		"no longer":       {func(h *curl.Easy, file opt.Option) { setAll(t, h, file, readOnly, opt.HSTSControl(opt.HSTSEnable)) }, false},
		"in a clone, too": {func(h *curl.Easy, file opt.Option) {
			setAll(t, h, file, readOnly)
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			setAll(t, clone, opt.URL(s.URL("/")))
			arrives(t, clone, "hello\n")
			clone.Close()
		}, true},
		"and then a reset": {func(h *curl.Easy, file opt.Option) {
			setAll(t, h, file, readOnly, opt.URL(s.URL("/")))
			arrives(t, h, "hello\n")
			if err := h.Reset(); err != nil {
				t.Fatal(err)
			}
		}, true},
		"before a reset": {func(h *curl.Easy, file opt.Option) {
			setAll(t, h, readOnly)
			if err := h.Reset(); err != nil {
				t.Fatal(err)
			}
			setAll(t, h, file)
		}, false},
	} {
		file := filepath.Join(t.TempDir(), "hsts")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(name, "reset") && leaksFilesAtReset(t) {
			continue
		}
		h := easy(t)
		if !has(t, readOnly) {
			return
		}
		c.use(h, opt.HSTS(file))
		setAll(t, h, opt.URL(s.URL("/")))
		arrives(t, h, "hello\n")
		h.Close()
		if is, err := os.ReadFile(file); err != nil || (string(is) == text) != c.kept {
			t.Errorf("%s: the file is %q, %v", name, is, err)
		}
	}
}

// leaksFilesAtReset says that curl_easy_reset forgets the list of HSTS files without freeing it, which -asan finds.
func leaksFilesAtReset(t *testing.T) bool {
	return version(t).Num >= 0x075800 && version(t).Num < 0x080500
}

// A file that was named for no transfer, as when a later option is refused, had nothing in it afterwards (libcurl 7.88.0 and
// later).
func TestHSTSFileThatWasNotReadStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	const text = "hsts.test \"20990101 00:00:00\"\n"
	file := filepath.Join(t.TempDir(), "hsts")
	if !has(t, opt.HSTS(file)) {
		return
	}
	for name, use := range map[string]func() *curl.Easy{
		"unused":        func() *curl.Easy { return easy(t, opt.HSTS(file)) },
		"refused later": func() *curl.Easy { curl.New(opt.HSTS(file), opt.AllowedProtocols("nonsense")); return nil },
		"without a URL": func() *curl.Easy {
			h := easy(t, opt.HSTS(file))
			if err := h.Perform(t.Context()); err == nil {
				t.Error("performed nothing")
			}
			return h
		},
		"named after the transfer": func() *curl.Easy {
			h := easy(t, opt.URL(s.URL("/")))
			arrives(t, h, "hello\n")
			setAll(t, h, opt.HSTS(file))
			return h
		},
		"cloned": func() *curl.Easy {
			h := easy(t, opt.HSTS(file), opt.URL(s.URL("/")))
			arrives(t, h, "hello\n")
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			clone.Close()
			return h
		},
	} {
		keepsText(t, name, file, text, use)
	}
}

// keepsText tells when a handle that is used and closed takes the text out of the file.
func keepsText(t *testing.T, name, file, text string, use func() *curl.Easy) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if h := use(); h != nil {
		h.Close()
	}
	if is, err := os.ReadFile(file); err != nil || !strings.Contains(string(is), text) {
		t.Errorf("%s: the file is %q, %v", name, is, err)
	}
}

// Up to libcurl 8.4.0 a clone and its original both freed the list of files.
func TestHSTSFilesOfAClone(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	dir := t.TempDir()
	for name, options := range map[string][]opt.Option{
		"on":  nil,
		"off": {opt.HSTSControl(0)},
	} {
		file := opt.HSTS(filepath.Join(dir, name))
		if !has(t, file) {
			return
		}
		h := easy(t, append([]opt.Option{opt.URL(s.URL("/")), file, opt.HSTS(filepath.Join(dir, "more"))}, options...)...)
		for range 3 {
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			arrives(t, clone, "hello\n")
			arrives(t, h, "hello\n")
			setAll(t, clone, file)
			h.Close()
			h = clone
		}
		arrives(t, h, "hello\n")
		if err := h.Unset(opt.IDHSTS); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
	}
}

// The same with libcurl 8.14.1 and a cookie jar that is read as well, and there also by a clone that was not used.
func TestCookieJarThatWasNotReadStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	const text = "example.com\tFALSE\t/\tFALSE\t0\ta\tb\n"
	file := filepath.Join(t.TempDir(), "cookies")
	options := []opt.Option{opt.URL(s.URL("/")), opt.CookieJar(file), opt.CookieFile(file)}
	for name, use := range map[string]func() *curl.Easy{
		"unused":        func() *curl.Easy { return easy(t, options...) },
		"refused later": func() *curl.Easy { curl.New(append(options, opt.AllowedProtocols("nonsense"))...); return nil },
		"used": func() *curl.Easy {
			h := easy(t, options...)
			arrives(t, h, "hello\n")
			return h
		},
		"cloned": func() *curl.Easy {
			h := easy(t, options...)
			arrives(t, h, "hello\n")
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			h.Close()
			return clone
		},
	} {
		if name == "cloned" && version(t).Num < 0x075800 {
			continue // a clone of a handle that was used knows no file there
		}
		keepsText(t, name, file, text, use)
	}
}

// A handle that left a share of HSTS entries had none at all, and libcurl up to 8.14.1 at least read its file into that.
func TestHSTSFileAfterAShare(t *testing.T) {
	t.Parallel()
	if version(t).Num < 0x075800 || !has(t, opt.HSTS("")) {
		t.Skip("this libcurl cannot share HSTS entries")
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	file := filepath.Join(t.TempDir(), "hsts")
	for _, reset := range []bool{false, true} { // libcurl remembers the file, since 8.5.0
		if reset && leaksFilesAtReset(t) {
			continue
		}
		share := newConfined(t, curl.ShareHSTS)
		h := easy(t, opt.URL(s.URL("/")), opt.HSTS(file))
		attach(t, share, h)
		arrives(t, h, "hello\n")
		if reset {
			if err := h.Reset(); err != nil {
				t.Fatal(err)
			}
			setAll(t, h, opt.URL(s.URL("/")))
		}
		if err := share.Detach(h); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
		clone, err := h.Clone()
		if err != nil {
			t.Fatal(err)
		}
		arrives(t, clone, "hello\n")
		h.Close()
		arrives(t, clone, "hello\n")
	}
}
