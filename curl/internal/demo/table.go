package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// printPhases prints what each phase of the transfers took.
func printPhases(w io.Writer, done []result) {
	if len(done) == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 11, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%-11s\ttransfers\tmedian\tp95\tmax\t\n", "phase")
	row := func(name string, took []time.Duration) {
		if n := len(took); n > 0 {
			fmt.Fprintf(t, "%-11s\t%d\t%s\t%s\t%s\t\n", name, n,
				duration(percentile(took, 50)), duration(percentile(took, 95)), duration(took[n-1]))
		}
	}
	for _, p := range phases {
		row(p.name, p.durations(done))
	}
	row("total", totals(done))
	_ = t.Flush()
	fmt.Fprintln(w)
}

// printURLs prints a row for each transfer, with its error if it failed.
func printURLs(w io.Writer, results []result) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "status\tprotocol\tsize\t")
	for _, p := range phases {
		fmt.Fprintf(t, "%s\t", p.name)
	}
	fmt.Fprint(t, "total\t  URL\n")
	for _, r := range results {
		status := "-"
		if r.status > 0 {
			status = fmt.Sprint(r.status)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t", status, protocol(r), byteSize(r.size))
		for _, p := range phases {
			if d, ok := p.took(r); ok {
				fmt.Fprintf(t, "%s\t", duration(d))
			} else {
				fmt.Fprint(t, "-\t")
			}
		}
		fmt.Fprintf(t, "%s\t  %s", duration(r.times[over]), r.url)
		if r.err != nil {
			fmt.Fprintf(t, ": %v", r.err)
		}
		fmt.Fprintln(t)
	}
	_ = t.Flush()
	fmt.Fprintln(w)
}
