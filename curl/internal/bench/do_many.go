package main

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// many does what many.c does, with a goroutine and a handle for each of its 100 connections.
func (w *worker) many(n int) error {
	const connections = 100
	var total, left atomic.Int64
	left.Store(int64(n))
	w.manyBytes = &total
	var handles []*curl.Easy
	for i := range connections {
		h, err := w.handle(fmt.Sprint("Get100Connections ", i), opt.URL(w.base+"/64"), opt.WriteFunction(w.countMany))
		if err != nil {
			return err
		}
		handles = append(handles, h)
	}
	if err := together(connections, func(i int) error { return performWhile(handles[i], &left) }); err != nil {
		return err
	}
	if missing := int64(n)*64 - total.Load(); missing != 0 {
		return fmt.Errorf("%d bytes are missing", missing)
	}
	return nil
}

func (w *worker) countMany(p []byte) error {
	w.manyBytes.Add(int64(len(p)))
	return intact(p)
}

func performWhile(h *curl.Easy, left *atomic.Int64) error {
	for left.Add(-1) >= 0 {
		if err := h.Perform(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

// together calls do in n goroutines, with their numbers, and waits for all.
func together(n int, do func(i int) error) error {
	errs := make(chan error, n)
	for i := range n {
		go func() { errs <- do(i) }()
	}
	var first error
	for range n {
		if err := <-errs; first == nil {
			first = err
		}
	}
	return first
}
