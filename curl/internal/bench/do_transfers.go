package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// getter repeats a GET of size bytes on one handle, as transfer.c does.
func getter(name, path string, size int64, h2 bool, more ...opt.Option) func(*worker, int) error {
	return func(w *worker, n int) error {
		h, err := w.handle(name, append(more, opt.URL(w.from(h2)+path), opt.WriteFunction(w.count))...)
		if err != nil {
			return err
		}
		return w.repeat(h, n, size)
	}
}

// count is the write callback of the transfers that run one after the other.
func (w *worker) count(p []byte) error {
	w.total += int64(len(p))
	return intact(p)
}

// intact looks at a piece of a body as the C side does: the servers send nothing but the letter x.
func intact(p []byte) error {
	if len(p) > 0 && (p[0] != 'x' || p[len(p)-1] != 'x') {
		return errors.New("a body with wrong bytes")
	}
	return nil
}

func (w *worker) repeat(h *curl.Easy, n int, size int64) error {
	w.total = 0
	for range n {
		if err := h.Perform(context.Background()); err != nil {
			return err
		}
	}
	if missing := int64(n)*size - w.total; missing != 0 {
		return fmt.Errorf("%d bytes are missing", missing)
	}
	return nil
}
