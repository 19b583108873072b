package capi

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The C that several threads run at once passes under ThreadSanitizer, which cannot be combined with Go's race detector;
// and it would not if a lock were missing.
func TestThreadSanitizer(t *testing.T) {
	clang := needClang(t)
	build := func(name string, more ...string) string {
		return buildForThreads(t, clang, name, append([]string{
			"testdata/threads/threads.c", "share.c", "confine.c", "inside.c", "exclusive.c", "signals.c", "late.c", "claims.c", "frame.c", "lookup.c",
		}, more...)...)
	}
	if out, err := runForThreads(build("threads")); err != nil || out != "ok\n" {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := runForThreads(build("broken", "-DBROKEN")); err == nil || !strings.Contains(out, "data race") {
		t.Errorf("a missing lock is not found: %v\n%s", err, out)
	}
}

func needClang(t *testing.T) string {
	clang, err := exec.LookPath("clang")
	if err != nil {
		if os.Getenv("GOCURL_REQUIRE_CLANG") != "" {
			t.Fatal("clang is required and not there; on Debian: apt-get install clang")
		}
		t.Skip("no clang, whose ThreadSanitizer this is about; on Debian: apt-get install clang")
	}
	return clang
}

// buildForThreads compiles C with ThreadSanitizer.
func buildForThreads(t *testing.T, clang, name string, more ...string) string {
	program := filepath.Join(t.TempDir(), name)
	args := append([]string{"-fsanitize=thread", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-I.", "-o", program}, more...)
	if out, err := exec.Command(clang, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func runForThreads(program string) (string, error) {
	cmd := exec.Command(program)
	if runtime.GOOS == "linux" { // clang 14 cannot place its memory where a recent kernel puts a program
		if setarch, err := exec.LookPath("setarch"); err == nil && exec.Command(setarch, "-R", "true").Run() == nil {
			cmd = exec.Command(setarch, "-R", program)
		}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
