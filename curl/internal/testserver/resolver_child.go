package testserver

import (
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

//go:embed testdata/getaddrinfo.c
var getaddrinfoSource []byte

// resolverEnv is set in the child and names the socket of its [Resolver].
const resolverEnv = "GOCURL_RESOLVER"

// HangingResolver runs the calling test a second time, in a child process
// whose getaddrinfo hangs for every name under .hang.test, and there calls body.
// In the first process it waits for the child and passes its failure on, so
// the call belongs at the start of the test. C's getaddrinfo cannot be replaced
// in a process that runs already; preloading a few lines of C needs no rights
// and no name server, and works for every libcurl but those with c-ares.
//
// The test is skipped without a C compiler or outside Linux.
func HangingResolver(tb TB, body func(r *Resolver)) {
	tb.Helper()
	if path := os.Getenv(resolverEnv); path != "" {
		body(listenResolver(tb, path))
		return
	}
	dir, err := os.MkdirTemp("", "gocurl") // a test's own directory may be too long for a socket
	if err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	command := exec.Command(os.Args[0], "-test.run="+exactly(tb.Name()), "-test.count=1", "-test.v", "-test.timeout=1m")
	command.Env = append(os.Environ(),
		resolverEnv+"="+filepath.Join(dir, "resolver"),
		"LD_PRELOAD="+strings.TrimSpace(buildGetaddrinfo(tb, dir)+" "+os.Getenv("LD_PRELOAD")),
		// The address sanitizer insists on being loaded first. Nothing of ours needs it there.
		"ASAN_OPTIONS="+strings.TrimPrefix(os.Getenv("ASAN_OPTIONS")+":verify_asan_link_order=0", ":"))
	out, err := command.CombinedOutput()
	switch {
	case err != nil:
		tb.Fatalf("with a hanging resolver: %v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP: "+tb.Name()+" ("):
		tb.Skipf("with a hanging resolver:\n%s", out)
	case !strings.Contains(string(out), "--- PASS: "+tb.Name()+" ("):
		tb.Fatalf("with a hanging resolver, the test did not run:\n%s", out)
	}
	tb.Logf("with a hanging resolver:\n%s", out)
}

// exactly is the pattern of -test.run for one test or subtest.
func exactly(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return strings.Join(parts, "/")
}

func buildGetaddrinfo(tb TB, dir string) string {
	tb.Helper()
	if runtime.GOOS != "linux" {
		tb.Skipf("testserver: a hanging resolver needs Linux's LD_PRELOAD")
	}
	source, lib := filepath.Join(dir, "getaddrinfo.c"), filepath.Join(dir, "getaddrinfo.so")
	cc, err := CC("-shared", "-fPIC", "-Wall", "-Werror", "-o", lib, source, "-ldl")
	if err != nil {
		tb.Skipf("testserver: a hanging resolver needs a C compiler: %v", err)
	}
	if err := os.WriteFile(source, getaddrinfoSource, 0o600); err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	out, err := cc.CombinedOutput()
	if err != nil {
		tb.Fatalf("testserver: hanging resolver: %v\n%s", err, out)
	}
	return lib
}
