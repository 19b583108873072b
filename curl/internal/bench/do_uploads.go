package main

import (
	"context"
	"fmt"
	"io"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const uploadSize = 256 << 20

// upload is upload of transfer.c.
func (w *worker) upload(n int) error {
	h, err := w.handle("Upload256MiB", opt.URL(w.base+"/upload"), opt.Upload(true), opt.InFileSize(uploadSize),
		opt.ReadFunction(w.give))
	if err != nil {
		return err
	}
	return w.uploads(h, n)
}

// uploadGrown uploads from a reader, for which Input takes the largest buffer that libcurl offers.
func (w *worker) uploadGrown(n int) error { return w.uploadInput("UploadGrown256MiB", false, n) }

func (w *worker) uploadEngine(n int) error { return w.uploadInput("UploadEngine256MiB", true, n) }

func (w *worker) uploadInput(name string, shared bool, n int) error {
	h, err := w.handleOn(name, shared, opt.URL(w.base+"/upload"), opt.Upload(true))
	if err != nil {
		return err
	}
	for range n { // each with a reader of its own, as zeros cannot go back
		if err := h.Input(zeros{w}); err != nil {
			return err
		}
		if err := h.Set(opt.InFileSize(uploadSize)); err != nil {
			return err
		}
		if err := w.uploads(h, 1); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) uploads(h *curl.Easy, n int) error {
	for range n {
		w.left = uploadSize
		if err := h.Perform(context.Background()); err != nil {
			return err
		}
		if w.left != 0 {
			return fmt.Errorf("%d bytes were not sent", w.left)
		}
	}
	return nil
}

// zeros is give as a reader.
type zeros struct{ *worker }

func (z zeros) Read(p []byte) (int, error) { return z.give(p) }

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
