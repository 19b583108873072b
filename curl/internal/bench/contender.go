package main

import (
	"slices"
	"time"
)

// column is a side as the report shows it.
type column int

const (
	inC column = iota
	inGo
	inHTTP  // net/http, for information
	inEmpty // an empty binding, for information
	columns
)

// contender is one way to do a work.
type contender struct {
	column  column
	form    string // of the C side
	does    string // what the side is asked for
	on      *side
	n       int // operations in a round
	samples []sample
	threads map[string]bool // seen in a process of its own
	use     usage           // of such a process
}

// contenders are all the ways there are to do w, and start what is not running yet.
func (r *runner) contenders(w work) (all []*contender, err error) {
	names := []string{w.name}
	if w.beside != "" {
		names = append(names, w.beside)
	}
	for _, name := range names {
		w := w
		w.name = name
		for i, does := range w.inC() {
			form := ""
			if w.forms != nil {
				form = w.forms[i]
			}
			all = append(all, &contender{column: inC, form: form, does: does})
		}
		if goWorks[name] != nil {
			all = append(all, &contender{column: inGo, does: name})
		}
		if httpWorks[name] != nil {
			all = append(all, &contender{column: inHTTP, does: name})
		}
		if emptyWorks[name] {
			all = append(all, &contender{column: inEmpty, does: name})
		}
	}
	for _, c := range all {
		c.threads = map[string]bool{}
		if c.on, err = r.side(c.column, r.apart(w)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// warm has the side make what it keeps for this work, and finds the number of operations for a round.
func (c *contender) warm(w work, round time.Duration) error {
	if w.ops > 0 {
		c.n = w.share(round)
		_, err := c.on.do(c.does, max(1, c.n/20))
		return err
	}
	if w.apart { // makes what is kept, which takes long
		if _, err := c.on.do(c.does, 1); err != nil {
			return err
		}
	}
	for n := 1; ; {
		s, err := c.on.do(c.does, n)
		if err != nil {
			return err
		}
		took := s.wall * float64(n)
		if took >= float64(round/2) {
			c.n = n
			return nil
		}
		n = max(n+1, min(100*n, int(float64(n)*float64(round)/max(took, 1))))
	}
}

// share is what a round does of a work with a fixed number of operations: shorter rounds do less.
func (w work) share(round time.Duration) int {
	return max(1, int(float64(w.ops)*min(1, float64(round)/float64(fullRound))))
}

// median is the middle of what f says of the rounds.
func (c *contender) median(f func(sample) float64) float64 { return quantile(c.all(f), 0.5) }

func (c *contender) all(f func(sample) float64) (v []float64) {
	for _, s := range c.samples {
		v = append(v, f(s))
	}
	return v
}

// against are the ratios to d, round by round: what disturbs one round disturbs its neighbour as well.
func (c *contender) against(d *contender, f func(sample) float64) spread {
	v := c.all(f)
	for i, x := range d.all(f) {
		v[i] /= x
	}
	return spreadOf(v)
}

// find returns the contenders of a column that do the work named, in its several forms or its only one.
func find(all []*contender, in column, w work) (found []*contender) {
	for _, c := range all {
		if c.column == in && slices.Contains(append(w.inC(), w.name), c.does) {
			found = append(found, c)
		}
	}
	return found
}

// best is the contender with the lowest median, nil of none.
func best(all []*contender, f func(sample) float64) *contender {
	if len(all) == 0 {
		return nil
	}
	return slices.MinFunc(all, func(a, b *contender) int {
		if a.median(f) < b.median(f) {
			return -1
		}
		return 1
	})
}
