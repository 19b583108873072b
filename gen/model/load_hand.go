package model

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

// hand is one table that a person keeps. Every fact takes its row; rows that nobody took are superfluous.
type hand struct {
	l       *loader
	table   string
	columns []string
	rows    map[string]tsv.Row
	taken   map[string]bool
}

// hand reads a table whose first keys columns together name a row.
func (l *loader) hand(table string, keys int, columns ...string) *hand {
	h := &hand{l: l, table: table, columns: columns, rows: map[string]tsv.Row{}, taken: map[string]bool{}}
	list, err := tsv.Read(l.fsys, "hand/"+table, columns...)
	if err != nil {
		l.problem("headers/%w", err)
	}
	last := ""
	for _, r := range list {
		key := rowKey(r, columns[:keys])
		switch c := cmp.Compare(last, key); {
		case c == 0:
			l.problem("%s:%d: %s has two rows: remove one", handPath(table), r.Line, key)
		case c > 0:
			l.problem("%s:%d: %s stands after %s: sort the rows by their bytes", handPath(table), r.Line, key, last)
		}
		last = key
		h.rows[key] = r
	}
	return h
}

// rowKey joins key columns with a tab, which sorts below every character of a name.
func rowKey(r tsv.Row, columns []string) string {
	var parts []string
	for _, c := range columns {
		parts = append(parts, r.Get(c))
	}
	return strings.Join(parts, "\t")
}

// take returns the row for key. symbol names what needs it in the message when there is none.
func (h *hand) take(key, symbol string) (tsv.Row, bool) {
	r, ok := h.rows[key]
	if !ok {
		h.l.problem("%s has no row in %s: add one (%s)", symbol, handPath(h.table), strings.Join(h.columns, ", "))
	}
	h.taken[key] = true
	return r, ok
}

// leftovers reports the rows that nobody took.
func (h *hand) leftovers(what string) {
	var left []tsv.Row
	for key, r := range h.rows {
		if !h.taken[key] {
			left = append(left, r)
		}
	}
	slices.SortFunc(left, func(a, b tsv.Row) int { return cmp.Compare(a.Line, b.Line) })
	for _, r := range left {
		h.l.problem("%s:%d: %s is no %s of this libcurl: remove the row", handPath(h.table), r.Line, r.Get(h.columns[0]), what)
	}
}

// word checks a field with few values.
func (h *hand) word(r tsv.Row, column string, allowed ...string) string {
	v := r.Get(column)
	if !slices.Contains(allowed, v) {
		h.l.problem("%s:%d: %s: column %s is %q, want one of %s", handPath(h.table), r.Line, r.Get(h.columns[0]), column, v, strings.Join(allowed, ", "))
	}
	return v
}

// sentence checks a summary: one sentence, with its full stop.
func (h *hand) sentence(r tsv.Row, column string) string {
	v := r.Get(column)
	if !strings.HasSuffix(v, ".") {
		h.l.problem("%s:%d: %s: column %s must be a sentence that ends with a full stop", handPath(h.table), r.Line, r.Get(h.columns[0]), column)
	}
	return v
}
