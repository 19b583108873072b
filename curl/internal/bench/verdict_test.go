package main

import "testing"

func contend(c column, does string, walls ...float64) *contender {
	k := &contender{column: c, does: does}
	for _, w := range walls {
		k.samples = append(k.samples, sample{wall: w, cpu: 1})
	}
	return k
}

// verdictOf is what the report says of a measure.
func verdictOf(t *testing.T, w work, measure string, all ...*contender) string {
	t.Helper()
	for _, l := range w.lines(all) {
		if l.measure == measure {
			return l.bar.verdict()
		}
	}
	t.Fatalf("no line for %s", measure)
	return ""
}

func TestRatiosComeFromPairs(t *testing.T) {
	// The second pair ran on a machine half as fast: its ratio is as good as the others.
	c, g := contend(inC, "W", 100, 200, 100), contend(inGo, "W", 110, 220, 120)
	if s := g.against(c, wallOf); s.mid != 1.1 {
		t.Errorf("got %+v", s)
	}
	l := work{name: "W"}.timeLine([]*contender{c, g}, "wall", wallOf, 0)
	if l.cells != [columns]string{"100ns", "120ns", ""} || l.ratio != "1.10 (1.10..1.15)" || l.bar.verdict() != "" {
		t.Errorf("got %+v", l)
	}
}

func TestTheEmptyBindingIsForInformation(t *testing.T) {
	all := []*contender{contend(inC, "W", 100), contend(inGo, "W", 110), contend(inEmpty, "W", 105)}
	l := work{name: "W"}.timeLine(all, "wall", wallOf, 1.05)
	if l.empty != "1.05" || l.bar.verdict() != "MISSED" {
		t.Errorf("got %+v", l)
	}
}

func TestVerdict(t *testing.T) {
	w := work{name: "W", wall: 2, noAllocs: true}
	c := contend(inC, "W", 100)
	if got := verdictOf(t, w, "wall", c, contend(inGo, "W", 200)); got != "met" {
		t.Errorf("at the bar: %q", got)
	}
	if got := verdictOf(t, w, "wall", c, contend(inGo, "W", 201)); got != "MISSED" {
		t.Errorf("above the bar: %q", got)
	}
	if got := verdictOf(t, w, "wall", c); got != "NO GO FORM" {
		t.Errorf("without Go: %q", got)
	}
	g := contend(inGo, "W", 100)
	if got := verdictOf(t, w, "allocs", c, g); got != "met" {
		t.Errorf("without allocations: %q", got)
	}
	g.samples[0].allocs = 1
	if got := verdictOf(t, w, "allocs", c, g); got != "MISSED" {
		t.Errorf("with an allocation: %q", got)
	}
}

func TestTheBestFormInCCounts(t *testing.T) {
	w := work{name: "W", forms: bothForms, wall: 1.05}
	all := []*contender{contend(inC, "W/perform", 100), contend(inC, "W/socket", 50), contend(inGo, "W", 100)}
	if got := verdictOf(t, w, "wall", all...); got != "MISSED" {
		t.Errorf("as fast as the slower form: %q", got)
	}
}

func TestBesideComparesWithItself(t *testing.T) {
	w := work{name: "Many", beside: "None", forms: bothForms, wall: 2}
	all := []*contender{
		contend(inC, "Many/perform", 1000), contend(inC, "None/perform", 1),
		contend(inC, "Many/socket", 10), contend(inC, "None/socket", 10),
		contend(inGo, "None", 10), contend(inGo, "Many", 21),
	}
	if got := verdictOf(t, w, "wall", all...); got != "MISSED" {
		t.Errorf("2.1 times as slow: %q", got)
	}
	all[5] = contend(inGo, "Many", 19)
	if got := verdictOf(t, w, "wall", all...); got != "met" {
		t.Errorf("1.9 times as slow: %q", got)
	}
	if got := verdictOf(t, w, "wall", all[:4]...); got != "NO GO FORM" {
		t.Errorf("without Go: %q", got)
	}
}

func TestThreadsAndMemoryAreCounted(t *testing.T) {
	w := work{name: "W", apart: true, threads: 8, mebibytes: 30}
	c, g := contend(inC, "W", 1), contend(inGo, "W", 1)
	g.use = usage{threads: 8, mebibytes: 30.5}
	if got := verdictOf(t, w, "threads", c, g); got != "met" {
		t.Errorf("8 threads: %q", got)
	}
	if got := verdictOf(t, w, "peak MiB", c, g); got != "MISSED" {
		t.Errorf("30.5 MiB: %q", got)
	}
}

func TestAShortRoundDoesItsShare(t *testing.T) {
	w := work{name: "W", ops: 1000}
	if n := w.share(fullRound / 20); n != 50 {
		t.Errorf("a twentieth of 1000 is %d", n)
	}
	if n := w.share(10 * fullRound); n != 1000 {
		t.Errorf("a long round does %d", n)
	}
	if n := w.share(0); n != 1 {
		t.Errorf("no time at all does %d", n)
	}
}

func TestQuantileInterpolates(t *testing.T) {
	for q, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 1: 4} {
		if got := quantile([]float64{4, 1, 3, 2}, q); got != want {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
}
