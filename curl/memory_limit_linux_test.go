package curl_test

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// An option for which there is no memory is an error like any other, and the handle goes on.
func TestNoMemoryForAnOption(t *testing.T) {
	if keepsFreed {
		t.Skip("the address sanitizer ends the process when there is no memory")
	}
	if there, _ := ownProcess(t); !there {
		return
	}
	h := newHandle(t, opt.UserAgent("agent"))
	body := make([]byte, 200<<20)
	lines := []string{strings.Repeat("x", 200<<20)}
	var pages uint64
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(string(statm), &pages); err != nil {
		t.Fatal(err)
	}
	debug.SetGCPercent(-1)
	limit := pages*uint64(os.Getpagesize()) + 100<<20
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		t.Fatal(err)
	}
	for _, o := range []opt.Option{opt.PostFields(body), opt.CopyPostFields(body), opt.HTTPHeader(lines)} {
		if err := h.Set(opt.MaxRedirs(1), o, opt.MaxRedirs(2)); !errors.Is(err, codes.OutOfMemory) {
			t.Errorf("%v: %v", o, err)
		}
	}
	set(t, h, opt.PostFields([]byte("little")), opt.Referer("r"))
}
