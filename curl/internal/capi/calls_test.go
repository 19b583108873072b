package capi

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every function of libcurl that does work is called between confine.h's two, so that a TLS library without locks of its
// own is never entered by two threads. The table of functions knows which do: those that can call back.
func TestWorkInsideLibcurlIsEnteredThroughConfine(t *testing.T) {
	table, err := os.ReadFile("../../../headers/hand/functions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	works := map[string]bool{}
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) > 3 && f[3] == "calls" && !strings.HasPrefix(f[0], "mime_") { // parts of a form are only noted
			works[f[0]] = true
		}
	}
	// What only notes a value, asks a handle for what it keeps, or waits.
	for _, name := range []string{"easy_setopt", "multi_setopt", "multi_timeout", "multi_fdset", "multi_waitfds", "multi_wait", "multi_poll"} {
		delete(works, name)
	}
	// Functions whose callers have entered, or whose handle never was in a transfer.
	entered := []string{"gocurl_escape", "gocurl_unescape", "gocurl_tls_active", "gocurl_poll_step", "gocurl_engine_step", "gocurl_dense_step", "dispatch", "gocurl_left_read"}
	files, err := filepath.Glob("*.c")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	call := regexp.MustCompile(`gocurl_fn\.(\w+)\(`)
	name := regexp.MustCompile(`(\w+)\([^()]*\)\s*$`)
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, function := range strings.Split(string(text), "\n}\n") {
			head, body, ok := strings.Cut(function, "\n{\n")
			if !ok {
				continue
			}
			for _, c := range call.FindAllStringSubmatch(body, -1) {
				if !works[c[1]] || slices.Contains(entered, name.FindStringSubmatch(head)[1]) {
					continue
				}
				seen++
				if !strings.Contains(body, "gocurl_confine_enter") {
					t.Errorf("%s: %s calls curl_%s without gocurl_confine_enter", file, name.FindStringSubmatch(head)[1], c[1])
				}
			}
		}
	}
	if seen < 12 {
		t.Errorf("found only %d such calls", seen)
	}
}
