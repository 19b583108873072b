package curl

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// OpenSSL 1.0.2 itself: it is part of Node.js 8, which loads testdata/openssl102 and a libcurl built against its headers.
// With our locks no two threads are where only one may be; with those of somebody who was first, and locks nothing, they
// are, thousands of times.
func TestRealOpenSSL102(t *testing.T) {
	program, libcurl := openssl102(t)
	object := filepath.Join(t.TempDir(), "openssl102.node")
	build := exec.CommandContext(t.Context(), "go", "build", "-buildmode=c-shared", "-o", object, "./testdata/openssl102")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for locks, want := range map[string]string{
		"ours": "needs locks from the program: installed", "theirs": "needs locks from the program: somebody else's",
	} {
		t.Run(locks, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), program, "-e", "process.dlopen({exports: {}}, process.argv[1])", object)
			cmd.Env = append(os.Environ(), "GOCURL_LIBRARY="+libcurl, "GOCURL_TEST_LOCKS="+locks)
			text, err := cmd.CombinedOutput()
			out := string(text)
			t.Log(out)
			if !strings.Contains(out, "OpenSSL/1.0.2") || !strings.Contains(out, want) {
				t.Errorf("want %q", want)
			}
			taken, atOnce := numberAfter(out, "locks taken"), numberAfter(out, "threads at once")
			if locks == "ours" {
				if err != nil || taken < 10_000 || atOnce != 0 {
					t.Errorf("locks taken %d times, %d threads beside another one, %v", taken, atOnce, err)
				}
				return
			}
			// Without locks it may also crash: one is as good a proof as the other.
			if err == nil && (taken != 0 || atOnce < 100) {
				t.Errorf("our locks are taken %d times although there were others; %d threads beside another one", taken, atOnce)
			}
		})
	}
}

// numberAfter reads "what: 12" in a text.
func numberAfter(text, what string) int {
	m := regexp.MustCompile(regexp.QuoteMeta(what) + `: (\d+)`).FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// openssl102 finds a program with OpenSSL 1.0.2 in it and the libcurl that was built for it: named by the environment
// variable GOCURL_TEST_OPENSSL102, with a colon between, or a flavour with that program as its loader.
func openssl102(t *testing.T) (program, libcurl string) {
	t.Helper()
	skipIfLinked(t)
	if sanitized || testing.Short() || os.Getenv("GOCURL_LIBRARY") != "" {
		t.Skip("-short: OpenSSL 1.0.2 has a libcurl, and a build of this package, of its own; once is enough")
	}
	if program, libcurl, ok := strings.Cut(os.Getenv("GOCURL_TEST_OPENSSL102"), ":"); ok {
		return program, libcurl
	}
	for _, f := range flavours(t) {
		if strings.Contains(f.name, "openssl1.0.2") {
			return f.loader, f.library
		}
	}
	if os.Getenv("GOCURL_REQUIRE_OPENSSL102") != "" {
		t.Fatal("no flavour with OpenSSL 1.0.2 is there; make flavours")
	}
	t.Skip("no flavour with OpenSSL 1.0.2 is there; make flavours")
	return "", ""
}
