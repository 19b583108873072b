package main

import (
	"os"
	"strings"
	"testing"
)

func TestBothSidesKnowEveryWork(t *testing.T) {
	peer, err := os.ReadFile("testdata/peer.c")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range works {
		if goWorks[w.name] == nil {
			t.Errorf("%s has no Go form: add it to goWorks", w.name)
		}
		if !strings.Contains(string(peer), `{ "`+w.name+`",`) {
			t.Errorf("%s has no C form: add it to peer.c", w.name)
		}
	}
	if len(goWorks) != len(works) {
		t.Errorf("%d works in goWorks, %d in works", len(goWorks), len(works))
	}
}

func TestRatiosComeFromPairs(t *testing.T) {
	// The second pair ran on a machine half as fast: its ratio is as good as the others.
	c := []sample{{wall: 100, cpu: 50}, {wall: 200, cpu: 100}, {wall: 100, cpu: 50}}
	g := []sample{{wall: 110, cpu: 50}, {wall: 220, cpu: 100}, {wall: 120, cpu: 60, allocs: 1}}
	r := summarise(c, g)
	if r.wall.mid != 1.1 || r.cpu.mid != 1 || r.c.wall != 100 || r.goSide.wall != 120 || r.allocs != 0 {
		t.Errorf("got %+v", r)
	}
}

func TestVerdict(t *testing.T) {
	w := work{wall: 2, noAllocs: true}
	good := result{wall: spread{mid: 2}}
	slow := result{wall: spread{mid: 2.01}}
	allocating := result{wall: spread{mid: 1}, allocs: 1}
	for r, want := range map[*result]string{&good: "met", &slow: "MISSED", &allocating: "MISSED"} {
		if got := w.verdict(*r); got != want {
			t.Errorf("%+v: %q, want %q", *r, got, want)
		}
	}
	if got := (work{}).verdict(slow); got != "" {
		t.Errorf("a work without a bar is %q", got)
	}
}

func TestQuantileInterpolates(t *testing.T) {
	for q, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 1: 4} {
		if got := quantile([]float64{4, 1, 3, 2}, q); got != want {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
}
