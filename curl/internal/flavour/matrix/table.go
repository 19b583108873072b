package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// tableOf is the matrix in Markdown.
func tableOf(results []result) string {
	var b strings.Builder
	b.WriteString("| flavour | libcurl | TLS library |")
	for _, c := range columns {
		fmt.Fprintf(&b, " %s |", c[1])
	}
	b.WriteString("\n|" + strings.Repeat("---|", 3) + strings.Repeat(":-:|", len(columns)) + "\n")
	for _, r := range results {
		tls := strings.ReplaceAll(r.flavour.tls, "_", " ")
		if tls == "-" {
			tls = "none"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |", r.flavour.title(), r.flavour.version, tls)
		for _, c := range columns {
			cell, known := map[string]string{"pass": "✓", "skip": "lacks"}[r.tests[c[0]]]
			if !known {
				cell = "✗"
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const begin, end = "<!-- matrix -->\n", "<!-- end of matrix -->"

// replaceTable puts the table between the marks in a file.
func replaceTable(path, table string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(text, []byte(begin))
	_, after, ended := bytes.Cut(rest, []byte(end))
	if !ok || !ended {
		return fmt.Errorf("%s has no place for the table: %q and %q", path, begin, end)
	}
	return os.WriteFile(path, fmt.Appendf(nil, "%s%s%s%s%s", before, begin, table, end, after), 0o644)
}
