package curl

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// tlsStandIn describes a library that stands in for a TLS library of another time, and is entered by every TLS call of
// a real libcurl: testdata/tls.
type tlsStandIn struct {
	text   string   // what libcurl calls it
	source string   // a file of testdata/tls
	anchor string   // the function of it that libcurl refers to
	flags  []string // for the compiler
	decoy  string   // the flags of another build of it that libcurl needs as well, before this one
}

// build makes a libcurl with the stand-in out of the system's, and returns its file.
func (s tlsStandIn) build(t *testing.T) string {
	t.Helper()
	library := filepath.Join(t.TempDir(), "libstandin.so")
	source := filepath.Join("testdata", "tls", s.source)
	compileC(t, append([]string{"-o", library, source}, s.flags...)...)
	needs := []string{library}
	if s.decoy != "" {
		other := filepath.Join(t.TempDir(), "libother.so")
		compileC(t, "-o", other, source, s.decoy)
		needs = []string{other, library}
	}
	return overSystemLibcurl(t, append([]string{"testdata/tls/over.c", `-DTLS="` + s.text + `"`, "-DANCHOR=" + s.anchor, "-Wl,--no-as-needed"}, needs...)...)
}

// compileC makes a shared library.
func compileC(t *testing.T, args ...string) {
	t.Helper()
	cc, err := testserver.CC(append([]string{"-shared", "-fPIC", "-w", "-pthread", "-Itestdata/tls"}, args...)...)
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("needs a C compiler, on Linux, to build a stand-in: ", err)
	}
	if out, err := cc.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// overSystemLibcurl makes a library that has what the sources define, and all the rest of this machine's own libcurl.
func overSystemLibcurl(t *testing.T, args ...string) string {
	t.Helper()
	skipIfLinked(t)
	if !(capi.Library{}).Cgo() {
		t.Skip("this build has no libcurl at all")
	}
	over := filepath.Join(t.TempDir(), "libcurl-standin.so")
	compileC(t, append(append([]string{"-o", over}, args...), "-Wl,--no-as-needed", systemLibcurl(t), "-ldl")...)
	return over
}

// systemLibcurl is the libcurl that this machine has by itself.
func systemLibcurl(t *testing.T) string {
	t.Helper()
	dirs := []string{"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib"}
	if runtime.GOARCH == "386" { // those may have one for 64-bit programs
		dirs = append(filepath.SplitList(os.Getenv("LD_LIBRARY_PATH")), "/usr/lib/i386-linux-gnu")
	}
	for _, dir := range dirs {
		if files, _ := filepath.Glob(filepath.Join(dir, "libcurl.so.4")); len(files) > 0 {
			return files[0]
		}
	}
	t.Skip("this machine has no libcurl of its own to build a stand-in upon")
	return ""
}
