package testserver

// A tally counts events and closes the channels of those who wait for a
// number of them. Its owner's lock guards it.
type tally struct {
	n       int
	waiters []tallyWaiter
}

type tallyWaiter struct {
	n  int
	ch chan struct{}
}

func (t *tally) add() {
	t.n++
	kept := t.waiters[:0]
	for _, w := range t.waiters {
		if t.n >= w.n {
			close(w.ch)
		} else {
			kept = append(kept, w)
		}
	}
	t.waiters = kept
}

func (t *tally) reached(n int) <-chan struct{} {
	ch := make(chan struct{})
	if t.n >= n {
		close(ch)
	} else {
		t.waiters = append(t.waiters, tallyWaiter{n, ch})
	}
	return ch
}
