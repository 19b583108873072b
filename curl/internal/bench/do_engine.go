package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// crowd are handles on an engine, made in the first round of a work and kept.
type crowd struct {
	handles  []*curl.Easy
	next     int // whose turn it is, where they take turns
	engine   *curl.Engine
	total    atomic.Int64 // bytes received in this round
	connects atomic.Int64 // connections made so far
	ended    chan error   // what ended an idle transfer
}

// crowd returns the one of a work. It has size handles for url, and keeps some connections as loop.c does.
func (w *worker) crowd(work string, size, keep int, url string, options ...opt.Option) (*crowd, error) {
	if c := w.crowds[work]; c != nil {
		return c, nil
	}
	engine, err := curl.NewEngine(curl.EngineConfig{MaxIdle: keep})
	if err != nil {
		return nil, err
	}
	c := &crowd{engine: engine, ended: make(chan error, 1)}
	for range size {
		h, err := c.join(append(options, opt.URL(url), opt.WriteFunction(c.count))...)
		if err != nil {
			return nil, err
		}
		c.handles = append(c.handles, h)
	}
	w.crowds[work] = c
	return c, nil
}

func (c *crowd) join(options ...opt.Option) (*curl.Easy, error) {
	h, err := curl.New(options...)
	if err != nil {
		return nil, err
	}
	return h, c.engine.Attach(h)
}

func (c *crowd) count(p []byte) error {
	c.total.Add(int64(len(p)))
	return intact(p)
}

// perform runs a transfer and counts the connections that it made.
func (c *crowd) perform(h *curl.Easy) error {
	if err := h.Perform(context.Background()); err != nil {
		return err
	}
	made, err := curl.Info(h, info.NumConnects)
	c.connects.Add(int64(made))
	return err
}

func (c *crowd) expect(size int64) error {
	if missing := size - c.total.Load(); missing != 0 {
		return fmt.Errorf("%d bytes are missing", missing)
	}
	return nil
}

// engineMany does what many.c does, with a goroutine for each handle.
func engineMany(work string, h2 bool, options ...opt.Option) func(*worker, int) error {
	connections := int64(100)
	if h2 {
		connections = 1
	}
	return func(w *worker, n int) error {
		c, err := w.crowd(work, 100, 100, w.from(h2)+"/64", options...)
		if err != nil {
			return err
		}
		c.total.Store(0)
		var left atomic.Int64
		left.Store(int64(n))
		err = together(len(c.handles), func(i int) error {
			for left.Add(-1) >= 0 {
				if err := c.perform(c.handles[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if made := c.connects.Load(); made > connections {
			return fmt.Errorf("%d connections were made, for %d", made, connections)
		}
		return c.expect(int64(n) * 64)
	}
}

// engineTrickle is trickle of slow.c.
func (w *worker) engineTrickle(n int) error {
	c, err := w.crowd("Trickle1000", 1000, 1000, w.base)
	if err != nil {
		return err
	}
	c.total.Store(0)
	url := opt.URL(fmt.Sprint(w.base, "/trickle/", n))
	err = together(len(c.handles), func(i int) error {
		if err := c.handles[i].Set(url); err != nil {
			return err
		}
		return c.perform(c.handles[i])
	})
	if err != nil {
		return err
	}
	return c.expect(int64(n) * 1000)
}

// beside is beside of slow.c.
func beside(idle int, sameHost bool) func(*worker, int) error {
	const hosts, lone = 100, 64
	return func(w *worker, n int) error {
		host := func(net, i int) string {
			if sameHost {
				return w.base
			}
			return fmt.Sprintf("http://127.0.%d.%d%s", net, 1+i, w.base[strings.LastIndexByte(w.base, ':'):])
		}
		c := w.crowds["Beside"] // a process does one form
		if c == nil {
			var err error
			if c, err = w.crowd("Beside", lone, idle+lone, w.base); err != nil {
				return err
			}
			for i, h := range c.handles {
				if err := h.Set(opt.URL(host(2, i) + "/64")); err != nil {
					return err
				}
			}
			if err := c.begin(idle, func(i int) string { return host(1, i%hosts) + "/idle" }); err != nil {
				return err
			}
		}
		c.total.Store(0)
		for range n {
			h := c.handles[c.next%lone]
			c.next++
			if err := c.perform(h); err != nil {
				return err
			}
		}
		select {
		case err := <-c.ended:
			return fmt.Errorf("an idle transfer ended: %w", err)
		default:
			return c.expect(int64(n) * 64)
		}
	}
}

// begin starts idle transfers, and returns when each has had the first of its two bytes.
func (c *crowd) begin(idle int, url func(i int) string) error {
	first := make(chan struct{}, idle)
	for i := range idle {
		h, err := c.join(opt.URL(url(i)), opt.WriteFunction(func(p []byte) error {
			first <- struct{}{}
			return intact(p)
		}))
		if err != nil {
			return err
		}
		go func() {
			err := h.Perform(context.Background())
			select {
			case c.ended <- err:
			default: // one is enough
			}
		}()
	}
	for range idle {
		select {
		case <-first:
		case err := <-c.ended:
			return fmt.Errorf("an idle transfer ended: %w", err)
		}
	}
	return nil
}
