package capi

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// The buffers of transfers that one thread had freed were of no use to the next one: glibc gives each a heap of its own, and
// whoever waits drives an Engine. Each heap grew to the size of all.
func TestBuffersThatOneThreadFreedServeAnother(t *testing.T) {
	program := filepath.Join(t.TempDir(), "spare")
	cc, err := testserver.CC("-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-I.", "-DCOUNTED", "-o", program, "testdata/spare/main.c", "spare.c")
	if err != nil {
		t.Skip("no C compiler of the name cc")
	}
	if out, err := cc.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(program).CombinedOutput()
	seeSpare(t, string(out), err)
}

func TestSpareUnderThreadSanitizer(t *testing.T) {
	out, err := runForThreads(buildForThreads(t, needClang(t), "spare", "testdata/spare/main.c", "spare.c"))
	seeSpare(t, out, err)
}

func seeSpare(t *testing.T, out string, err error) {
	if out == "no glibc\n" {
		t.Skip("spare.c is about glibc")
	}
	if err != nil || out != "ok\n" {
		t.Errorf("%v\n%s", err, out)
	}
}
