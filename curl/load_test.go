package curl

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/load"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func skipIfLinked(t *testing.T) {
	t.Helper()
	if (capi.Library{}).Linked() {
		t.Skip("this build does not load a libcurl at run time")
	}
}

// loaded loads the library for a test in a process of its own.
func loaded(t *testing.T, path string) VersionInfo {
	t.Helper()
	if path == "" && errors.Is(Load(""), ErrLoad) && os.Getenv("GOCURL_TEST_LIBRARIES") != "" {
		t.Skip("this machine has no libcurl of its own")
	}
	if err := Load(path); err != nil {
		t.Fatal(err)
	}
	v, err := Version()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFunctionTable(t *testing.T) {
	for name, path := range testLibraries() {
		t.Run(name, func(t *testing.T) {
			if !inChild(t, beside(path)) {
				return
			}
			v := loaded(t, path)
			for f := capi.Func(0); f <= capi.FuncWSStartFrame; f++ {
				present, want := capi.Has(f), f.Since() <= v.Num
				if (capi.Library{}).Linked() && !present && f.Since() > uint32(load.Floor) {
					continue // the linker saw an older libcurl than the one that runs now
				}
				if present != want {
					t.Errorf("%v, since %v: present %v on %s", f, load.Version(f.Since()), present, v.Version)
				}
			}
		})
	}
}

// Whoever binds everything at start, by LD_BIND_NOW or by linking with -z now, must not need libcurl for that.
func TestEagerBinding(t *testing.T) {
	if inChild(t, "LD_BIND_NOW=1") {
		loaded(t, "")
	}
}

func TestImportingLoadsNothing(t *testing.T) {
	skipIfLinked(t)
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc/self/maps")
	}
	if !inChild(t) {
		return
	}
	mapped := func() bool {
		maps, err := os.ReadFile("/proc/self/maps")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(maps), "/libcurl")
	}
	if mapped() {
		t.Error("libcurl is loaded before the first use")
	}
	loaded(t, "")
	if !mapped() {
		t.Error("no libcurl is mapped after the first use")
	}
}

func TestFirstUseFromManyGoroutines(t *testing.T) {
	if !inChild(t) {
		return
	}
	versions := make([]VersionInfo, 32)
	var wg sync.WaitGroup
	for i := range versions {
		wg.Go(func() {
			var err error
			if versions[i], err = Version(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, v := range versions {
		if v.Num == 0 || !reflect.DeepEqual(v, versions[0]) {
			t.Errorf("%+v\ndiffers from\n%+v", v, versions[0])
		}
	}
}

// A libcurl without FeatureThreadSafe is initialised under our lock, once. It is a stand-in.
func TestStandInForALibcurlThatDoesNotLockItsStart(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChild(t, "GOCURL_LIBRARY="+overSystemLibcurl(t, "testdata/notsafe.c"))
		return
	}
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			h, err := New()
			if err != nil {
				t.Error(err)
				return
			}
			h.Close()
			if v, err := Version(); err != nil || i == 0 && v.Num < 0x075700 && v.Features.Has(FeatureThreadSafe) {
				t.Error(v.Features, err)
			}
		})
	}
	wg.Wait()
}

func TestVariableNamesTheLibrary(t *testing.T) {
	skipIfLinked(t)
	for name, path := range testLibraries() {
		if path == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if inChild(t, "GOCURL_LIBRARY="+path, beside(path)) {
				v, err := Version()
				if err != nil {
					t.Fatal(err)
				}
				wantSameFile(t, v.Library, path)
			}
		})
	}
	t.Run("not a library", func(t *testing.T) {
		text := filepath.Join(t.TempDir(), "libcurl.so.4")
		if err := os.WriteFile(text, []byte("This is no library.\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if inChild(t, "GOCURL_LIBRARY="+text) {
			wantRefused(t, func() error { _, err := Version(); return err }(), load.SourceVariable)
		}
	})
}

func TestUnusableLibraries(t *testing.T) {
	skipIfLinked(t)
	if !inChild(t) {
		return
	}
	dir := t.TempDir()
	text := filepath.Join(dir, "text.so")
	if err := os.WriteFile(text, []byte("This is no library.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, filepath.Join(dir, "gone.so"), dir, "libgone.so.7", "libcurl.so.4\x00"} {
		wantRefused(t, Load(path), load.SourceCall)
	}

	names := requiredFunctions(t) // from what Load says about the C library
	if len(names) < 50 || !slices.IsSorted(names) || !slices.Contains(names, "curl_multi_socket_action") {
		t.Errorf("the C library is said to lack only %q", names)
	}

	old := standIn(t, `char *curl_version(void) { return "libcurl/7.61.0 OpenSSL/1.0.2k"; }`, "curl_version")
	err := Load(old)
	var tooOld *TooOldError
	if !errors.As(err, &tooOld) || *tooOld != (TooOldError{Library: old, Need: "7.61.1", Running: "7.61.0"}) {
		t.Errorf("%v, want a TooOldError", err)
	}

	broken := standIn(t, `char *curl_version(void) { return "libcurl/8.0.0"; }
		int curl_global_init(long flags) { return flags == 3 ? 27 : 0; }
		int curl_global_init_mem(long flags, void *m, void *f, void *r, void *s, void *c) { return curl_global_init(flags); }`,
		"curl_version", "curl_global_init", "curl_global_init_mem")
	if err := Load(broken); !errors.Is(err, ErrLoad) || !strings.Contains(err.Error(), "CURLcode 27") {
		t.Errorf("%v, want curl_global_init's code", err)
	}

	// After all that, a good one still loads.
	loaded(t, "")
}

func TestAnotherLibraryAfterwards(t *testing.T) {
	skipIfLinked(t)
	if !inChild(t) {
		return
	}
	file := loaded(t, "").Library
	link, other := filepath.Join(t.TempDir(), "link.so"), filepath.Join(t.TempDir(), "other.so")
	data, err := os.ReadFile(file)
	if err := errors.Join(err, os.Symlink(file, link), os.WriteFile(other, data, 0o666)); err != nil {
		t.Fatal(err)
	}
	for _, same := range []string{"", file, link} {
		if err := Load(same); err != nil {
			t.Errorf("Load(%q): %v", same, err)
		}
	}
	var already *AlreadyLoadedError
	if err := Load(other); !errors.As(err, &already) || !errors.Is(err, ErrAlreadyLoaded) || already.Loaded != file {
		t.Errorf("Load(%q): %v, want an AlreadyLoadedError about %s", other, err, file)
	}
	if v, err := Version(); err != nil || v.Library != file {
		t.Errorf("now running %s, %v", v.Library, err)
	}
}

func TestWithoutCgo(t *testing.T) {
	if (capi.Library{}).Cgo() {
		t.Skip("this build has cgo")
	}
	if _, err := Version(); !errors.Is(err, ErrNoCgo) {
		t.Error(err)
	}
	if err := Load("libcurl.so.4"); !errors.Is(err, ErrNoCgo) {
		t.Error(err)
	}
}

// wantRefused checks that err is about one attempt, named by source.
func wantRefused(t *testing.T, err error, source string) {
	t.Helper()
	var e *LoadError
	if !errors.As(err, &e) || !errors.Is(err, ErrLoad) || len(e.Attempts) != 1 {
		t.Errorf("%v, want a LoadError with one attempt", err)
	} else if a := e.Attempts[0]; a.Source != source || a.Err == nil {
		t.Errorf("attempt %+v, want a reason and the source %s", a, source)
	}
}

func wantSameFile(t *testing.T, got, want string) {
	t.Helper()
	a, err1 := os.Stat(got)
	b, err2 := os.Stat(want)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(a, b) {
		t.Errorf("loaded %s, want %s", got, want)
	}
}

// Set of the zero Easy used to say that its options were none, while no libcurl was loaded.
func TestSetOfTheZeroEasyBeforeLoad(t *testing.T) {
	if !inChild(t) {
		return
	}
	if err := new(Easy).Set(opt.URL("x")); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}
