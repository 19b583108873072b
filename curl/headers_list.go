package curl

import (
	"iter"
	"net/http"
	"strings"
)

// Headers are header fields in the order in which they came.
type Headers []Header

// Get returns the value of the first field with that name, in any case of letters; "" when there is none.
func (l Headers) Get(name string) string {
	for v := range l.Values(name) {
		return v
	}
	return ""
}

// Values ranges over the values of the fields with that name, in any case of letters.
func (l Headers) Values(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, f := range l {
			if strings.EqualFold(f.Name, name) && !yield(f.Value) {
				return
			}
		}
	}
}

// HTTP makes a header of net/http's. It keeps the order of values with one name and loses that of names and how they were
// written. Pseudo headers, which net/http does not have, are left out.
func (l Headers) HTTP() http.Header {
	h := http.Header{}
	for _, f := range l {
		if f.Origin != FromPseudo {
			h.Add(f.Name, f.Value)
		}
	}
	return h
}
