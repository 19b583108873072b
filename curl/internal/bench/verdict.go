package main

import (
	"fmt"
)

// line is a measure of a work as the report shows it.
type line struct {
	measure string
	cells   [columns]string // "" where there is no such form
	ratio   string
	empty   string // the ratio of an empty binding
	bar     bar
}

// bar is the most that a figure may be.
type bar struct {
	text    string // "" of a figure that is for information
	missing bool   // there is nothing yet that could keep it
	value   float64
	most    float64
}

// barOf is a bar for a ratio, none if that is 0.
func barOf(most float64) (b bar) {
	if most > 0 {
		b = bar{text: fmt.Sprintf("<= %.2f", most), missing: true, most: most}
	}
	return b
}

func (b bar) verdict() string {
	switch {
	case b.text == "":
		return ""
	case b.missing:
		return "NO GO FORM"
	case b.value > b.most:
		return "MISSED"
	}
	return "met"
}

// lines are what the rounds of w say.
func (w work) lines(all []*contender) []line {
	if w.beside != "" {
		return w.besideLines(all)
	}
	lines := []line{
		w.timeLine(all, "wall", wallOf, w.wall),
		w.timeLine(all, "CPU", cpuOf, w.cpu),
	}
	if len(w.forms) > 0 {
		for i, c := range find(all, inC, w) {
			l := line{measure: " " + w.forms[i]}
			l.cells[inC] = nanos(c.median(wallOf))
			l.ratio = "CPU " + nanos(c.median(cpuOf))
			lines = append(lines, l)
		}
	}
	if w.apart {
		return append(lines, w.countLine(all, "threads", float64(w.threads), func(u usage) float64 { return float64(u.threads) }),
			w.countLine(all, "peak MiB", w.mebibytes, func(u usage) float64 { return u.mebibytes }))
	}
	return append(lines, w.allocLines(all)...)
}

// timeLine compares Go with the best form in C.
func (w work) timeLine(all []*contender, measure string, f func(sample) float64, most float64) line {
	l := line{measure: measure}
	var of [columns]*contender
	for i := range columns {
		if of[i] = best(find(all, i, w), f); of[i] != nil {
			l.cells[i] = nanos(of[i].median(f))
		}
	}
	l.bar = barOf(most)
	if of[inEmpty] != nil {
		l.empty = fmt.Sprintf("%.2f", of[inEmpty].against(of[inC], f).mid)
	}
	if of[inGo] != nil {
		s := of[inGo].against(of[inC], f)
		l.ratio = s.String()
		l.bar.missing, l.bar.value = false, s.mid
	}
	return l
}

// countLine shows a figure of the processes; the best form in C is the one that takes least.
func (w work) countLine(all []*contender, measure string, most float64, f func(usage) float64) line {
	l := line{measure: measure}
	if most > 0 {
		l.bar = bar{text: fmt.Sprintf("<= %.0f", most), missing: true, most: most}
	}
	var of [columns]float64
	for _, c := range all {
		if v := f(c.use); of[c.column] == 0 || v < of[c.column] {
			of[c.column] = v
			l.cells[c.column] = fmt.Sprintf("%.3g", v)
		}
	}
	if v := of[inGo]; v > 0 {
		l.bar.missing, l.bar.value = false, v
		l.ratio = fmt.Sprintf("%.2f", v/of[inC])
	}
	if v := of[inEmpty]; v > 0 {
		l.empty = fmt.Sprintf("%.2f", v/of[inC])
	}
	return l
}

// allocLines is a line where something allocates or must not.
func (w work) allocLines(all []*contender) []line {
	l := line{measure: "allocs"}
	if w.noAllocs {
		l.bar = bar{text: "none", missing: true}
	}
	some := w.noAllocs
	for _, c := range all {
		if c.column == inC || c.column == inEmpty {
			continue
		}
		// A round makes a few allocations of its own, and the collector some at any time.
		v := c.median(allocsOf)
		if v < 0.01 {
			v = 0
		}
		l.cells[c.column] = fmt.Sprintf("%.3g", v)
		some = some || v > 0
		if c.column == inGo {
			l.bar.missing, l.bar.value = false, v
		}
	}
	if !some {
		return nil
	}
	return []line{l}
}

// besideLines compare each form with itself beside nothing.
func (w work) besideLines(all []*contender) (lines []line) {
	alone := w
	alone.name = w.beside
	goLine := line{measure: "wall", bar: barOf(w.wall)}
	for column := range columns {
		without := find(all, column, alone)
		for i, c := range find(all, column, w) {
			s := c.against(without[i], wallOf)
			l := line{measure: " " + c.form}
			if column == inGo {
				l = goLine
				l.bar.missing, l.bar.value = false, s.mid
			}
			l.cells[column], l.ratio = nanos(c.median(wallOf)), s.String()
			if column == inGo {
				goLine = l
			} else {
				lines = append(lines, l)
			}
		}
	}
	return append([]line{goLine}, lines...)
}
