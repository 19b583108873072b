package model

// callbacks gives each use of a callback type its row: a type that several options take has several, and every type
// has at least one.
func (l *loader) callbacks() {
	table := l.hand("callbacks.tsv", 2, "typedef", "option", "form", "go", "deliver", "fail", "summary")
	for _, t := range l.unit.Callbacks {
		found := false
		for _, key := range sortedKeys(table.rows) {
			r := table.rows[key]
			if r.Get("typedef") != t.Name {
				continue
			}
			found, table.taken[key] = true, true
			l.api.Callbacks = append(l.api.Callbacks, Callback{
				Typedef: t.Name, Result: t.Result, Params: params(t.Params),
				Option: r.Get("option"), Go: r.Get("go"),
				Form:    table.word(r, "form", "bound", "planned", "none", "owned"),
				Deliver: table.word(r, "deliver", "deferred", "copied", "spot"),
				Fail:    r.Get("fail"), Summary: table.sentence(r, "summary"),
			})
		}
		if !found {
			l.problem("%s has no row in %s: add one for each option that takes it", t.Name, handPath(table.table))
		}
	}
	table.leftovers("callback type")
	sortCallbacks(l.api.Callbacks)
}

// checkFunc: an option with a Go function names the type that callbacks.tsv gives its callback.
func (l *loader) checkFunc(where, symbol, goType string) {
	for _, c := range l.api.Callbacks {
		if c.Option == symbol {
			if c.Go != goType {
				l.problem("%s: form func:%s, but %s gives %s the type %s: make them agree", where, goType, handPath("callbacks.tsv"), symbol, c.Go)
			}
			return
		}
	}
	l.problem("%s takes a callback, but has no row in %s: add one", symbol, handPath("callbacks.tsv"))
}
