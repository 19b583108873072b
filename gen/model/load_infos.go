package model

func (l *loader) infos() {
	table := l.hand("infos.tsv", 1, "name", "go", "form", "summary")
	for _, r := range l.facts("infos.tsv", "name", "number", "class", "introduced", "deprecated", "replaced") {
		i := Info{
			Name:       r.Get("name"),
			Number:     int(l.integer("infos.tsv", r.Get("name"), r.Get("number"))),
			Class:      r.Get("class"),
			Introduced: l.version("infos.tsv", r.Get("introduced")),
			Deprecated: l.version("infos.tsv", r.Get("deprecated")),
			Replaced:   r.Get("replaced"),
		}
		l.covered["CURLINFO_"+i.Name] = true
		l.dated("infos.tsv", "CURLINFO_"+i.Name, i.Introduced)
		if row, ok := table.take(i.Name, "CURLINFO_"+i.Name); ok {
			i.Go = row.Get("go")
			i.Form, i.FormArg = form(table, row, infoForms, i.Class, "info")
			i.Summary = table.sentence(row, "summary")
			l.name("info", i.Go, handPath(table.table)+": "+i.Name)
			l.name("info", "ID"+i.Go, handPath(table.table)+": "+i.Name)
		}
		l.api.Infos = append(l.api.Infos, i)
	}
	table.leftovers("info")
}
