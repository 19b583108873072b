// Package tsv reads and writes the tables under headers/: a first line "# " with the column names, then sorted rows,
// everything separated by tabs, "-" for an empty field.
//
// A table keeps its form exactly, so that a diff shows changed facts and nothing else. What the columns mean does not
// belong in here.
package tsv

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Row is one line of a table, by column name. Empty fields are "".
type Row struct {
	Line   int
	fields map[string]string
}

// Get returns the field of a column. Asking for a column that Read was not told about is a mistake of the caller.
func (r Row) Get(column string) string {
	v, ok := r.fields[column]
	if !ok {
		panic("tsv: no column " + column)
	}
	return v
}

// Read reads a table that must have exactly these columns. All that is wrong with it is reported at once.
func Read(fsys fs.FS, name string, columns ...string) ([]Row, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if head := "# " + strings.Join(columns, "\t"); lines[0] != head {
		return nil, fmt.Errorf("%s:1: columns are %q, want %q", name, lines[0], head)
	}
	var rows []Row
	var problems []error
	for i, line := range lines[1:] {
		fields := strings.Split(line, "\t")
		if len(fields) != len(columns) {
			problems = append(problems, fmt.Errorf("%s:%d: %d fields, want %d (%s): %q", name, i+2, len(fields), len(columns), strings.Join(columns, ", "), line))
			continue
		}
		row := Row{Line: i + 2, fields: map[string]string{}}
		for j, column := range columns {
			f := fields[j]
			if f == "" {
				problems = append(problems, fmt.Errorf(`%s:%d: column %s is empty, write "-"`, name, i+2, column))
			}
			if f == "-" {
				f = ""
			}
			row.fields[column] = f
		}
		rows = append(rows, row)
	}
	return rows, errors.Join(problems...)
}

// Format writes a table. The rows come sorted from the caller.
func Format(columns []string, rows [][]string) []byte {
	var b strings.Builder
	b.WriteString("# " + strings.Join(columns, "\t") + "\n")
	for _, row := range rows {
		for i, f := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if f == "" {
				f = "-"
			}
			b.WriteString(f)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
