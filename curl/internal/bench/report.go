package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"time"
)

// report writes a line for each work as it is done.
type report struct {
	file   *os.File
	rounds *bufio.Writer // for benchstat
}

const row = "%-24s %-32s %10s %10s %10s %10s  %-18s %-18s %7s  %-26s %s\n"

func newReport(benchstat string) (*report, error) {
	r := &report{rounds: bufio.NewWriter(io.Discard)}
	if benchstat != "" {
		f, err := os.Create(benchstat)
		if err != nil {
			return nil, err
		}
		r.file, r.rounds = f, bufio.NewWriter(f)
	}
	fmt.Printf(row, "work", "one operation", "C wall", "C CPU", "Go wall", "Go CPU", "wall ratio", "CPU ratio", "allocs", "bar", "")
	return r, nil
}

func (o *report) add(w work, r result) {
	fmt.Printf(row, w.name, w.unit, nanos(r.c.wall), nanos(r.c.cpu), nanos(r.goSide.wall), nanos(r.goSide.cpu),
		r.wall, r.cpu, fmt.Sprintf("%.3g", r.allocs), w.bars(), w.verdict(r))
	for i := range r.cAll {
		for side, s := range map[string]sample{"C": r.cAll[i], "Go": r.goAll[i]} {
			fmt.Fprintf(o.rounds, "Benchmark%s/side=%s 1 %.1f ns/op %.1f cpu-ns/op %.3g allocs/op\n", w.name, side, s.wall, s.cpu, s.allocs)
		}
	}
}

func (o *report) close() error {
	err := o.rounds.Flush()
	if o.file != nil {
		err = o.file.Close()
	}
	return err
}

func (s spread) String() string { return fmt.Sprintf("%.2f (%.2f..%.2f)", s.mid, s.low, s.high) }

func (w work) bars() (text string) {
	if w.wall > 0 {
		text = fmt.Sprintf("wall <= %.2f ", w.wall)
	}
	if w.cpu > 0 {
		text += fmt.Sprintf("CPU <= %.2f ", w.cpu)
	}
	if w.noAllocs {
		text += "no allocs"
	}
	return text
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
