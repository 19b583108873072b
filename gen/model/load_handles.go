package model

func (l *loader) multiOptions() {
	table := l.hand("multioptions.tsv", 1, "name", "go", "form", "unset", "summary")
	for _, r := range l.facts("multioptions.tsv", "name", "number", "class", "callback", "introduced", "deprecated") {
		o := MultiOption{
			Name:       r.Get("name"),
			Number:     int(l.integer("multioptions.tsv", r.Get("name"), r.Get("number"))),
			Class:      Class(r.Get("class")),
			CallbackC:  r.Get("callback"),
			Introduced: l.version("multioptions.tsv", r.Get("introduced")),
			Deprecated: l.version("multioptions.tsv", r.Get("deprecated")),
		}
		l.covered["CURLMOPT_"+o.Name] = true
		if row, ok := table.take(o.Name, "CURLMOPT_"+o.Name); ok {
			where := handPath(table.table) + ": " + o.Name
			o.Go = row.Get("go")
			o.Form, o.FormArg = form(table, row, forms, o.Class, "multiopt")
			o.Unset = l.unset(where, row.Get("unset"))
			o.Summary = table.sentence(row, "summary")
			l.name("multiopt", o.Go, where)
			l.name("multiopt", "ID"+o.Go, where)
		}
		l.api.MultiOptions = append(l.api.MultiOptions, o)
	}
	table.leftovers("multi option")
}

func (l *loader) shareOptions() {
	table := l.hand("shareoptions.tsv", 1, "name", "go", "owner", "summary")
	for _, r := range l.facts("shareoptions.tsv", "name", "number", "class", "callback", "introduced", "deprecated") {
		o := ShareOption{
			Name:       r.Get("name"),
			Number:     int(l.integer("shareoptions.tsv", r.Get("name"), r.Get("number"))),
			Class:      r.Get("class"),
			CallbackC:  r.Get("callback"),
			Introduced: l.version("shareoptions.tsv", r.Get("introduced")),
		}
		l.covered["CURLSHOPT_"+o.Name] = true
		if row, ok := table.take(o.Name, "CURLSHOPT_"+o.Name); ok {
			o.Go, o.Owner, o.Summary = row.Get("go"), row.Get("owner"), table.sentence(row, "summary")
		}
		l.api.ShareOptions = append(l.api.ShareOptions, o)
	}
	table.leftovers("share option")
}
