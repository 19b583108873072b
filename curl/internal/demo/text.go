package main

import (
	"fmt"
	"strings"
	"time"
)

// duration writes a time with three digits that count: "0.12 ms", "45.6 ms", "1.23 s".
func duration(d time.Duration) string {
	switch ms := d.Seconds() * 1000; {
	case ms < 9.995:
		return fmt.Sprintf("%.2f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// byteSize writes a size in powers of 1000.
func byteSize(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	size, units := float64(n)/1000, []string{"kB", "MB", "GB", "TB"}
	for size >= 999.95 && len(units) > 1 {
		size, units = size/1000, units[1:]
	}
	return fmt.Sprintf("%.1f %s", size, units[0])
}

func rate(n int64, in time.Duration) string {
	if in <= 0 {
		return "0 B/s"
	}
	return byteSize(int64(float64(n)/in.Seconds())) + "/s"
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// tally counts names, in the order in which they first came.
type tally struct {
	names  []string
	counts map[string]int
}

func (t *tally) add(name string) {
	if t.counts == nil {
		t.counts = map[string]int{}
	}
	if t.counts[name]++; t.counts[name] == 1 {
		t.names = append(t.names, name)
	}
}

// String lists the names, with their numbers when there are several.
func (t tally) String() string {
	if len(t.names) == 1 {
		return t.names[0]
	}
	var parts []string
	for _, name := range t.names {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, t.counts[name]))
	}
	return strings.Join(parts, ", ")
}
