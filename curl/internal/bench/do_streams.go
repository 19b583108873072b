package main

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// engine is for the works that run on one.
var engine = sync.OnceValues(func() (*curl.Engine, error) { return curl.NewEngine(curl.EngineConfig{}) })

func (w *worker) handleOn(name string, shared bool, options ...opt.Option) (*curl.Easy, error) {
	h, err := w.handle(name, options...)
	if err != nil || !shared {
		return h, err
	}
	g, err := engine()
	if err != nil {
		return nil, err
	}
	return h, g.Attach(h)
}

// body is download of transfer.c with a body that is read.
func body(name string, shared bool, read func(io.Reader) (int64, error)) func(*worker, int) error {
	return func(w *worker, n int) error {
		h, err := w.handleOn(name, shared, opt.URL(w.from(false)+"/1073741824"))
		if err != nil {
			return err
		}
		for range n {
			b, err := h.Open(context.Background())
			if err != nil {
				return err
			}
			total, err := read(b)
			b.Close()
			if err != nil || total != 1<<30 {
				return fmt.Errorf("%d bytes, %w", total, err)
			}
		}
		return nil
	}
}

var page [32 << 10]byte

func read32K(r io.Reader) (total int64, err error) {
	for err == nil {
		var n int
		n, err = r.Read(page[:])
		total += int64(n)
		if err == nil {
			err = intact(page[:n])
		}
	}
	if err == io.EOF {
		err = nil
	}
	return total, err
}

func copyAll(r io.Reader) (int64, error) { return io.Copy(counter{}, r) }

type counter struct{}

func (counter) Write(p []byte) (int, error) { return len(p), intact(p) }
