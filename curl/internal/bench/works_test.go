package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// awaited are the works whose Go form needs what package curl does not have yet: streams.
var awaited = []string{"StreamDownload1GiB"}

func TestEverySideKnowsItsWorks(t *testing.T) {
	peer, err := os.ReadFile("testdata/peer.c")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	all := slices.Clone(works)
	for _, w := range works {
		if w.beside != "" {
			w.name = w.beside
			all = append(all, w)
		}
	}
	for _, w := range all {
		known[w.name] = true
		if has := goWorks[w.name] != nil; has == slices.Contains(awaited, w.name) {
			t.Errorf("%s: has a Go form: %v; goWorks and awaited do not fit", w.name, has)
		}
		for _, name := range w.inC() {
			if !strings.Contains(string(peer), `{ "`+name+`",`) {
				t.Errorf("%s has no C form: add it to peer.c", name)
			}
		}
	}
	for name := range goWorks {
		if !known[name] {
			t.Errorf("%s is in goWorks and not in works", name)
		}
	}
	for name := range httpWorks {
		if !known[name] {
			t.Errorf("%s is in httpWorks and not in works", name)
		}
	}
}
