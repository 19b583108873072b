package importer

import (
	"slices"
	"strings"
)

// addDocs fills in what only the documentation tells. A symbol that it does not list keeps empty fields.
func (f *Facts) addDocs(d *docs) {
	for i := range f.Symbols {
		s := &f.Symbols[i]
		h := d.history[s.Name]
		s.Introduced, s.Deprecated, s.Removed = h.introduced, h.deprecated, h.last
	}
	f.addRemoved(d)
	for i := range f.Options {
		o := &f.Options[i]
		h, p := d.history["CURLOPT_"+o.Name], d.pages["CURLOPT_"+o.Name]
		o.Introduced, o.Deprecated, o.Protocols, o.TLS = h.introduced, h.deprecated, p.protocols, p.tls
	}
	for i := range f.Infos {
		h := d.history["CURLINFO_"+f.Infos[i].Name]
		f.Infos[i].Introduced, f.Infos[i].Deprecated = h.introduced, h.deprecated
	}
	addHandleHistory("CURLMOPT_", f.MultiOptions, d)
	addHandleHistory("CURLSHOPT_", f.ShareOptions, d)
	for i := range f.ShareOptions {
		o := &f.ShareOptions[i]
		if o.Class == "" {
			o.Class = shareClasses[d.pages["CURLSHOPT_"+o.Name].argument]
		}
	}
	for i := range f.Functions {
		f.Functions[i].Introduced = d.pages["curl_"+f.Functions[i].Name].addedIn
	}
}

// shareClasses: libcurl reads the kind of data to share as an int; older pages call it a long.
var shareClasses = map[string]string{"int": "int", "long": "int", "void *": "data"}

func addHandleHistory(prefix string, options []HandleOption, d *docs) {
	for i := range options {
		h := d.history[prefix+options[i].Name]
		options[i].Introduced, options[i].Deprecated = h.introduced, h.deprecated
	}
}

// addRemoved appends the symbols that only the history still knows, so that an older header that has them is no
// surprise. Symbols that are there but no integers (CURL_DEPRECATED and other helpers of the C header) stay out.
func (f *Facts) addRemoved(d *docs) {
	here := map[string]bool{}
	for _, s := range f.Symbols {
		here[s.Name] = true
	}
	for name, h := range d.history {
		if h.last != "" && !here[name] {
			f.Symbols = append(f.Symbols, Symbol{Name: name, Introduced: h.introduced, Deprecated: h.deprecated, Removed: h.last})
		}
	}
	slices.SortFunc(f.Symbols, func(a, b Symbol) int { return strings.Compare(a.Name, b.Name) })
}
