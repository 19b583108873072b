package state

import "strings"

// Decide returns the verdict on op, called in situation sit on a handle that
// is in state st. The three must be constants of this package.
func Decide(op Op, st State, sit Situation) Verdict { return cells[op][st][sit] }

var cells = expand()

// expand reads the table's words. What it cannot read stays undefined, which
// refuses; the tests find it.
func expand() (c [Ops][States][Situations]Verdict) {
	for op, row := range table {
		for st, word := range strings.Fields(row) {
			if len(word) == 1 {
				word = strings.Repeat(word, int(Situations))
			}
			if st >= int(States) || len(word) != int(Situations) {
				continue
			}
			for sit := range Situations {
				c[op][st][sit] = letters[word[sit]]
			}
		}
	}
	return c
}
