package main

import (
	"context"
	"fmt"
	"io"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// getter repeats a GET of size bytes on one handle, as transfer.c does.
func getter(name, path string, size int64, h2 bool, more ...opt.Option) func(*worker, int) error {
	return func(w *worker, n int) error {
		from := w.base
		if h2 {
			from = w.baseH2
		}
		h, err := w.handle(name, append(more, opt.URL(from+path), opt.WriteFunction(w.count))...)
		if err != nil {
			return err
		}
		return w.repeat(h, n, size)
	}
}

// count is the write callback of the transfers that run one after the other.
func (w *worker) count(p []byte) error {
	w.total += int64(len(p))
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

// upload is upload of transfer.c.
func (w *worker) upload(n int) error {
	const size = 256 << 20
	h, err := w.handle("Upload256MiB", opt.URL(w.base+"/upload"), opt.Upload(true), opt.InFileSize(size),
		opt.ReadFunction(w.give))
	if err != nil {
		return err
	}
	for range n {
		w.left = size
		if err := h.Perform(context.Background()); err != nil {
			return err
		}
		if w.left != 0 {
			return fmt.Errorf("%d bytes were not sent", w.left)
		}
	}
	return nil
}

// give is the read callback of upload.
func (w *worker) give(p []byte) (int, error) {
	if w.left == 0 {
		return 0, io.EOF
	}
	p = p[:min(len(p), w.left)]
	clear(p)
	w.left -= len(p)
	return len(p), nil
}
