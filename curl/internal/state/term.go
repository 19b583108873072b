package state

import "strconv"

// term is one word of the table's vocabulary, as errors and documentation
// write it, and its meaning.
type term struct{ name, means string }

func nameOf(terms []term, kind string, i uint8) string {
	if int(i) < len(terms) {
		return terms[i].name
	}
	return kind + "(" + strconv.Itoa(int(i)) + ")"
}
