package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// report writes some lines for each work as it is done.
type report struct {
	file   *os.File
	rounds *bufio.Writer // for benchstat
}

const row = "%-29s %-9s %9s %9s %9s  %-19s %-9s %-8s %s\n"

func newReport(benchstat string) (*report, error) {
	r := &report{rounds: bufio.NewWriter(io.Discard)}
	if benchstat != "" {
		f, err := os.Create(benchstat)
		if err != nil {
			return nil, err
		}
		r.file, r.rounds = f, bufio.NewWriter(f)
	}
	fmt.Printf(row, "work", "measure", "C", "Go", "net/http", "Go : C", "empty : C", "bar", "")
	return r, nil
}

func (o *report) add(w work, all []*contender) {
	left := []string{w.name, "  " + w.unit}
	lines := w.lines(all)
	for len(lines) < len(left) {
		lines = append(lines, line{})
	}
	for i, l := range lines {
		name := ""
		if i < len(left) {
			name = left[i]
		}
		fmt.Printf(row, name, l.measure, l.cells[inC], l.cells[inGo], l.cells[inHTTP], l.ratio, l.empty, l.bar.text, l.bar.verdict())
	}
	fmt.Println()
	for _, c := range all {
		for _, s := range c.samples {
			fmt.Fprintf(o.rounds, "Benchmark%s 1 %.1f ns/op %.1f cpu-ns/op %.3g allocs/op\n", c.id(), s.wall, s.cpu, s.allocs)
		}
	}
}

// id names a contender for benchstat.
func (c *contender) id() string {
	side := [columns]string{"C", "Go", "net_http", "empty"}[c.column]
	if c.form != "" {
		side += "-" + c.form
	}
	name, _, _ := strings.Cut(c.does, "/")
	return name + "/side=" + side
}

func (o *report) close() error {
	err := o.rounds.Flush()
	if o.file != nil {
		err = o.file.Close()
	}
	return err
}

func (s spread) String() string {
	digits := 2
	if s.mid >= 10 {
		digits = 0
	}
	return fmt.Sprintf("%.*f (%.*f..%.*f)", digits, s.mid, digits, s.low, digits, s.high)
}

// nanos shows a time with three digits.
func nanos(ns float64) string {
	d := time.Duration(ns)
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.3gs", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.3gms", ns/1e6)
	case d >= time.Microsecond:
		return fmt.Sprintf("%.3gus", ns/1e3)
	}
	return fmt.Sprintf("%.3gns", ns)
}
