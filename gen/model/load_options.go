package model

import (
	"strconv"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

func (l *loader) options() {
	table := l.hand("options.tsv", 1, "name", "go", "form", "unset", "range", "inflight", "memory", "calls", "fallback", "summary", "why_live")
	for _, r := range l.facts("options.tsv", "name", "number", "class", "values", "callback", "object", "introduced", "deprecated", "replaced", "protocols", "tls") {
		o := Option{
			Name:       r.Get("name"),
			Number:     int(l.integer("options.tsv", r.Get("name"), r.Get("number"))),
			Class:      Class(r.Get("class")),
			Values:     r.Get("values") != "",
			CallbackC:  r.Get("callback"),
			Object:     r.Get("object"),
			Introduced: l.version("options.tsv", r.Get("introduced")),
			Deprecated: l.version("options.tsv", r.Get("deprecated")),
			Replaced:   r.Get("replaced"),
			Protocols:  list(r.Get("protocols")),
			TLS:        list(r.Get("tls")),
		}
		l.covered["CURLOPT_"+o.Name] = true
		l.dated("options.tsv", "CURLOPT_"+o.Name, o.Introduced)
		if row, ok := table.take(o.Name, "CURLOPT_"+o.Name); ok {
			l.judgeOption(&o, table, row)
		}
		l.api.Options = append(l.api.Options, o)
	}
	table.leftovers("option")
	l.checkFallbacks()
	l.aliases()
}

// judgeOption adds what a person decided.
func (l *loader) judgeOption(o *Option, h *hand, r tsv.Row) {
	where := handPath(h.table) + ": " + o.Name
	o.Go = r.Get("go")
	o.Form, o.FormArg = form(h, r, forms, o.Class, "opt")
	o.Unset = l.unset(where, r.Get("unset"))
	o.Min, o.Max = l.bounds(where, r.Get("range"))
	o.Live = h.word(r, "inflight", "live", "next") == "live"
	o.WhyLive = r.Get("why_live")
	if o.Live != (o.WhyLive != "") {
		l.problem("%s: column why_live tells how libcurl reads a live option again, and only that", where)
	}
	o.Memory = h.word(r, "memory", "value", "copied", "borrowed", "none")
	o.Calls = h.word(r, "calls", "quiet", "calls") == "calls"
	o.Fallback = r.Get("fallback")
	o.Summary = h.sentence(r, "summary")
	l.name("opt", o.Go, where)
	l.name("opt", "ID"+o.Go, where)
	if o.Form == "func" {
		l.checkFunc(where, "CURLOPT_"+o.Name, o.FormArg)
	}
}

// unset reads the column of that name.
func (l *loader) unset(where, text string) Unset {
	u, ok := parseUnset(text)
	if !ok {
		l.problem(`%s: column unset is %q, want null, caps, none or a number, with older ones as in "86400,<8.17.0=0"`, where, text)
	}
	return u
}

// bounds reads "0..65535"; both ends are accepted values.
func (l *loader) bounds(where, text string) (low, high *int64) {
	if text == "" {
		return nil, nil
	}
	a, b, _ := strings.Cut(text, "..")
	from, err1 := strconv.ParseInt(a, 10, 64)
	to, err2 := strconv.ParseInt(b, 10, 64)
	if err1 != nil || err2 != nil || from > to {
		l.problem("%s: column range is %q, want two numbers as in 0..65535", where, text)
	}
	return &from, &to
}

// checkFallbacks: the other option must exist and be older, or nothing is won.
func (l *loader) checkFallbacks() {
	byName := map[string]Option{}
	for _, o := range l.api.Options {
		byName[o.Name] = o
	}
	for _, o := range l.api.Options {
		if o.Fallback == "" {
			continue
		}
		if f, ok := byName[o.Fallback]; !ok || f.Introduced >= o.Introduced {
			l.problem("%s: %s: the fallback %s is no option that is older", handPath("options.tsv"), o.Name, o.Fallback)
		}
	}
}

// aliases: an option is as old as the oldest of its names.
func (l *loader) aliases() {
	for _, r := range l.facts("aliases.tsv", "alias", "target") {
		a := Alias{Name: r.Get("alias"), Target: r.Get("target")}
		l.covered["CURLOPT_"+a.Name] = true
		l.api.Aliases = append(l.api.Aliases, a)
		since := l.constant["CURLOPT_"+a.Name].Introduced
		for i := range l.api.Options {
			if o := &l.api.Options[i]; o.Name == a.Target && since != 0 && since < o.Introduced {
				o.Introduced = since
			}
		}
	}
}
