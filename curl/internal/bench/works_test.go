package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

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
		if goWorks[w.name] == nil {
			t.Errorf("%s has no Go form: add it to goWorks", w.name)
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
	empty, err := os.ReadFile("testdata/empty/main.go")
	if err != nil {
		t.Fatal(err)
	}
	for name := range emptyWorks {
		if !known[name] || !strings.Contains(string(empty), `"`+name+`":`) {
			t.Errorf("%s is in emptyWorks and not in works, or not in testdata/empty", name)
		}
	}
	for name := range httpWorks {
		if !known[name] {
			t.Errorf("%s is in httpWorks and not in works", name)
		}
	}
}
