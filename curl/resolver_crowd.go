package curl

import "sync"

// maxLeftBehind is how many C handles may wait for their resolvers, each with a thread or two, before transfers that
// need a resolver wait as well. Those that were stopped at the same moment come on top.
const maxLeftBehind = 16

// leftBehind counts C handles that were left behind and are not freed yet.
var leftBehind crowd

type crowd struct {
	mu   sync.Mutex
	n    int
	room chan struct{} // closed when there is room again; nil: nobody waits
}

func (c *crowd) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += n
	if c.n < maxLeftBehind && c.room != nil {
		close(c.room)
		c.room = nil
	}
}

// full returns nil when there is room, else what is closed when there is.
func (c *crowd) full() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n < maxLeftBehind {
		return nil
	}
	if c.room == nil {
		c.room = make(chan struct{})
	}
	return c.room
}
