package curl

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
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
	skipIfLinked(t)
	cc, err := exec.LookPath("cc")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("needs a C compiler, on Linux, to build a stand-in: ", err)
	}
	if !(capi.Library{}).Cgo() {
		t.Skip("this build has no libcurl at all")
	}
	base := systemLibcurl(t)
	dir := t.TempDir()
	compile := func(args ...string) {
		t.Helper()
		args = append([]string{"-shared", "-fPIC", "-w", "-pthread", "-Itestdata/tls"}, args...)
		if out, err := exec.Command(cc, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	library, over := filepath.Join(dir, "libstandin.so"), filepath.Join(dir, "libcurl-standin.so")
	source := filepath.Join("testdata", "tls", s.source)
	compile(append([]string{"-o", library, source}, s.flags...)...)
	needs := []string{library, base, "-ldl"}
	if s.decoy != "" {
		other := filepath.Join(dir, "libother.so")
		compile("-o", other, source, s.decoy)
		needs = append([]string{other}, needs...)
	}
	args := []string{"-o", over, "testdata/tls/over.c", `-DTLS="` + s.text + `"`, "-DANCHOR=" + s.anchor, "-Wl,--no-as-needed"}
	compile(append(args, needs...)...)
	return over
}

// systemLibcurl is the libcurl that this machine has by itself, which uses OpenSSL.
func systemLibcurl(t *testing.T) string {
	t.Helper()
	ldconfig := func(name string) string {
		for _, dir := range []string{"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib"} {
			if files, _ := filepath.Glob(filepath.Join(dir, name)); len(files) > 0 {
				return files[0]
			}
		}
		return ""
	}
	file := ldconfig("libcurl.so.4")
	if file == "" {
		t.Skip("this machine has no libcurl of its own to build a stand-in upon")
	}
	return file
}
