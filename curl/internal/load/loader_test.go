package load

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var good = file{path: "/lib/libcurl.so.4", version: "libcurl/8.22.0 OpenSSL/3.0.22"}

func TestFirstUsableOfTheSearchListWins(t *testing.T) {
	f := &fake{files: map[string]file{"libcurl-gnutls.so.4": good, "libcurl-nss.so.4": good}}
	l := f.loader("")
	if l.Path() != "" {
		t.Errorf("path %q before the first load", l.Path())
	}
	for range 2 {
		if err := l.Ensure(); err != nil {
			t.Fatal(err)
		}
	}
	f.wantLog(t, "open libcurl.so.4", "open libcurl-gnutls.so.4", "init")
	if l.Path() != good.path {
		t.Errorf("path %q, want %q", l.Path(), good.path)
	}
}

func TestUnusableLibrariesAreClosedAndPassedOver(t *testing.T) {
	f := &fake{files: map[string]file{
		"libcurl.so.4":        {version: "libcurl/7.29.0 NSS/3.90"},
		"libcurl-gnutls.so.4": {version: "libcurl/8.5.0", missing: []string{"curl_easy_init"}},
		"libcurl-nss.so.4":    good,
	}}
	if err := f.loader("").Ensure(); err != nil {
		t.Fatal(err)
	}
	f.wantLog(t, "open libcurl.so.4", "close", "open libcurl-gnutls.so.4", "close", "open libcurl-nss.so.4", "init")
}

func TestCallGoesBeforeVariableGoesBeforeList(t *testing.T) {
	for _, c := range []struct{ call, variable, want string }{
		{"/a/libcurl.so", "/b/libcurl.so", "open /a/libcurl.so"},
		{"", "/b/libcurl.so", "open /b/libcurl.so"},
		{"", "", "open libcurl.so.4"},
	} {
		f := &fake{files: map[string]file{"/a/libcurl.so": good, "/b/libcurl.so": good, "libcurl.so.4": good}}
		if err := f.loader(c.variable).Load(c.call); err != nil {
			t.Fatal(err)
		}
		f.wantLog(t, c.want, "init")
	}
}

func TestNamedLibraryThatFailsIsNotReplacedByAnother(t *testing.T) {
	f := &fake{files: map[string]file{"libcurl.so.4": good}}
	err := f.loader("").Load("/gone.so")
	wantAttempts(t, err, Attempt{Library: "/gone.so", Source: SourceCall})
	if !strings.Contains(err.Error(), "give curl.Load the file") {
		t.Errorf("no advice for the caller in %q", err)
	}

	err = f.loader("/gone.so").Ensure()
	wantAttempts(t, err, Attempt{Library: "/gone.so", Source: SourceVariable})
	if !strings.Contains(err.Error(), "GOCURL_LIBRARY named it") {
		t.Errorf("no advice about the variable in %q", err)
	}
	f.wantLog(t, "open /gone.so", "open /gone.so")
}

func TestErrorListsEveryCandidateWithItsReason(t *testing.T) {
	f := &fake{files: map[string]file{
		"libcurl-gnutls.so.4": {version: "libcurl/7.29.0"},
		"libcurl-nss.so.4":    {version: "libcurl/7.88.1", missing: []string{"curl_easy_init", "curl_mime_init"}},
	}}
	err := f.loader("").Ensure()
	wantAttempts(t, err, Attempt{"libcurl.so.4", SourceSearch, nil}, Attempt{"libcurl-gnutls.so.4", SourceSearch, nil},
		Attempt{"libcurl-nss.so.4", SourceSearch, nil})

	var old *TooOldError
	if !errors.As(err, &old) || *old != (TooOldError{"libcurl-gnutls.so.4", "7.61.1", "7.29.0"}) || !errors.Is(err, ErrTooOld) {
		t.Errorf("too old: %+v in %v", old, err)
	}
	var missing *MissingSymbolsError
	if !errors.As(err, &missing) || len(missing.Symbols) != 2 || !errors.Is(err, ErrMissingSymbols) {
		t.Errorf("missing symbols: %+v in %v", missing, err)
	}
	const want = "no usable libcurl: libcurl.so.4: cannot open shared object file; " +
		"libcurl-gnutls.so.4 is libcurl 7.29.0, need 7.61.1 or newer; " +
		"libcurl-nss.so.4 is not a complete libcurl, it lacks curl_easy_init, curl_mime_init; install libcurl 7.61.1 or newer "
	if !strings.HasPrefix(err.Error(), want) {
		t.Errorf("text:\n%s\nwant it to begin with\n%s", err, want)
	}
}

func TestLibraryThatIsNotLibcurl(t *testing.T) {
	f := &fake{files: map[string]file{
		"/other.so": {missing: []string{"a", "b", "c", "d", "e", "f", "g", "h"}},
		"/odd.so":   {version: "curlish 9"},
	}}
	err := f.loader("").Load("/other.so")
	if !errors.Is(err, ErrMissingSymbols) || !strings.Contains(err.Error(), "it lacks a, b, c, d, e, f and 2 more") {
		t.Error(err)
	}
	err = f.loader("").Load("/odd.so")
	if !errors.Is(err, ErrLoad) || !strings.Contains(err.Error(), `calls itself "curlish 9"`) {
		t.Error(err)
	}
}

func TestFailureIsNotRemembered(t *testing.T) {
	f := &fake{files: map[string]file{}}
	l := f.loader("")
	if err := l.Ensure(); !errors.Is(err, ErrLoad) {
		t.Fatal(err)
	}
	f.files["libcurl.so.4"] = good
	if err := l.Ensure(); err != nil {
		t.Error(err)
	}
}

func TestFailedInitialisation(t *testing.T) {
	broken := good
	broken.init = 27
	f := &fake{files: map[string]file{"libcurl.so.4": broken}}
	l := f.loader("")
	err := l.Ensure()
	if err == nil || !strings.Contains(err.Error(), "curl_global_init failed with CURLcode 27") {
		t.Error(err)
	}
	if l.Path() != "" {
		t.Error("counts as loaded")
	}
	f.wantLog(t, "open libcurl.so.4", "init", "open libcurl-gnutls.so.4", "open libcurl-nss.so.4") // and no close
}

func TestNameWithNULNeverReachesTheLinker(t *testing.T) {
	f := &fake{}
	if err := f.loader("").Load("libcurl.so.4\x00.evil"); !errors.Is(err, ErrLoad) {
		t.Error(err)
	}
	f.wantLog(t)
}

func TestLibrariesThatDoNotSuitArePassedOver(t *testing.T) {
	f := &fake{files: map[string]file{"libcurl.so.4": good, "libcurl-gnutls.so.4": good}}
	l := f.loader("")
	reason, asked := errors.New("does not suit"), 0
	err := l.LoadIf("", func() error {
		if asked++; asked == 1 {
			return reason
		}
		return nil
	})
	if err != nil || asked != 2 {
		t.Errorf("%v after %d questions", err, asked)
	}
	f.wantLog(t, "open libcurl.so.4", "close", "open libcurl-gnutls.so.4", "init")
	if err := l.LoadIf("", func() error { t.Error("asked about the library in use"); return nil }); err != nil {
		t.Error(err)
	}

	f = &fake{files: map[string]file{"/a.so": good}}
	err = f.loader("").LoadIf("/a.so", func() error { return reason })
	wantAttempts(t, err, Attempt{"/a.so", SourceCall, nil})
	if !errors.Is(err, reason) {
		t.Error(err)
	}
	own := good
	if err := (&fake{linked: &own}).loader("").LoadIf("", func() error { return reason }); !errors.Is(err, reason) {
		t.Error(err)
	}
}

func TestWithoutCgo(t *testing.T) {
	f := &fake{nocgo: true}
	if err := f.loader("").Ensure(); !errors.Is(err, ErrNoCgo) {
		t.Error(err)
	}
	if err := f.loader("").Load("/lib/libcurl.so.4"); !errors.Is(err, ErrNoCgo) {
		t.Error(err)
	}
}

func TestSecondLoad(t *testing.T) {
	dir := t.TempDir()
	one, link, two := filepath.Join(dir, "one.so"), filepath.Join(dir, "link.so"), filepath.Join(dir, "two.so")
	for _, name := range []string{one, two} {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(one, link); err != nil {
		t.Skip(err) // Windows without the right to
	}
	f := &fake{files: map[string]file{"libcurl.so.4": {path: one, version: good.version}}}
	l := f.loader("")
	if err := l.Ensure(); err != nil {
		t.Fatal(err)
	}
	for _, same := range []string{"", "libcurl.so.4", one, link} {
		if err := l.Load(same); err != nil {
			t.Errorf("Load(%q): %v", same, err)
		}
	}
	for _, other := range []string{two, "libcurl-nss.so.4", filepath.Join(dir, "gone.so")} {
		err := l.Load(other)
		var already *AlreadyLoadedError
		if !errors.As(err, &already) || !errors.Is(err, ErrAlreadyLoaded) ||
			*already != (AlreadyLoadedError{Loaded: one, Requested: other, Source: SourceCall}) {
			t.Errorf("Load(%q): %v", other, err)
		}
	}
	f.wantLog(t, "open libcurl.so.4", "init")
}

func TestRelativePathMeansTheDirectoryOfItsTime(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	t.Chdir(first)
	path := filepath.Join(first, "lib.so")
	l := (&fake{files: map[string]file{path: {path: path, version: good.version}}}).loader("./lib.so")
	if err := errors.Join(l.Ensure(), l.Load("./lib.so"), l.Load(path)); err != nil {
		t.Error(err)
	}
	t.Chdir(second)
	if err := l.Load("./lib.so"); !errors.Is(err, ErrAlreadyLoaded) {
		t.Errorf("%v for %s", err, filepath.Join(second, "lib.so"))
	}
}

func TestLinkedLibrary(t *testing.T) {
	own := good
	l := (&fake{linked: &own}).loader("")
	if err := l.Ensure(); err != nil || l.Path() != own.path {
		t.Errorf("%v, path %q", err, l.Path())
	}

	// A library that was asked for and is not the linked one is refused, every time.
	l = (&fake{linked: &own}).loader("/other.so")
	for range 2 {
		var already *AlreadyLoadedError
		if err := l.Ensure(); !errors.As(err, &already) || already.Source != SourceVariable || already.Loaded != own.path || !already.Linked {
			t.Error(err)
		}
	}
	if err := l.Load(own.path); err != nil { // the call goes before the variable
		t.Error(err)
	}

	old := file{version: "libcurl/7.29.0"}
	err := (&fake{linked: &old}).loader("").Ensure()
	if !errors.Is(err, ErrTooOld) || !strings.HasSuffix(err.Error(), "link the program with libcurl 7.61.1 or newer") {
		t.Error(err)
	}
}

func TestLoadsOnceFromManyGoroutines(t *testing.T) {
	f := &fake{files: map[string]file{"libcurl.so.4": good}}
	l := f.loader("")
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			err := l.Ensure()
			if i%2 == 0 {
				err = l.Load("libcurl.so.4")
			}
			if err != nil || l.Path() != good.path {
				t.Errorf("%v, path %q", err, l.Path())
			}
		})
	}
	wg.Wait()
	f.wantLog(t, "open libcurl.so.4", "init")
}

// wantAttempts checks that err is a LoadError that tried exactly these libraries, each with a reason.
func wantAttempts(t *testing.T, err error, want ...Attempt) {
	t.Helper()
	var e *LoadError
	if !errors.As(err, &e) || !errors.Is(err, ErrLoad) {
		t.Fatalf("%v is no LoadError", err)
	}
	if len(e.Attempts) != len(want) {
		t.Fatalf("%d attempts, want %d: %v", len(e.Attempts), len(want), err)
	}
	for i, a := range e.Attempts {
		if a.Library != want[i].Library || a.Source != want[i].Source || a.Err == nil {
			t.Errorf("attempt %d: %+v, want %+v with a reason", i, a, want[i])
		}
	}
}
