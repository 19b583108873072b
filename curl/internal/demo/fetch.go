package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// job is one transfer to make.
type job struct {
	url  string
	size int64 // what has to arrive; -1 when that is not known
}

// result is what became of a job.
type result struct {
	url    string
	err    error
	status int
	size   int64
	opened int // connections made for it; 0 when it went over the one before it
	http   info.HTTPVersionUsed
	scheme string
	port   uint16 // of the server; 0 for file and the like
	times  [points]time.Duration
}

// interrupted says that the transfer ended because the whole run was to end.
func (r result) interrupted() bool { return errors.Is(r.err, context.Canceled) }

// fetchAll does the jobs with goroutines that have a handle each: a handle runs one transfer at a time, and keeps its
// connection for the next. It returns the results of the jobs that were begun, in their order.
func fetchAll(ctx context.Context, p *plan, seen *progress) ([]result, error) {
	results := make([]result, len(p.jobs))
	var begun atomic.Int64
	var workers sync.WaitGroup
	defer workers.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for i := range p.goroutines {
		g := &seen.gauges[i]
		h, err := curl.New(p.options...)
		if err == nil {
			err = h.Set(opt.NoProgress(false), opt.XferInfoFunction(g.update))
		}
		if err != nil {
			return nil, err
		}
		workers.Go(func() {
			defer h.Close()
			for ctx.Err() == nil {
				n := begun.Add(1) - 1
				if n >= int64(len(p.jobs)) {
					return
				}
				g.begin()
				results[n] = fetch(ctx, h, p.jobs[n])
				g.end(results[n])
			}
		})
	}
	workers.Wait()
	return results[:min(begun.Load(), int64(len(p.jobs)))], nil
}

// fetch makes one transfer. The body is counted by libcurl and dropped, since nothing is set to write it to.
func fetch(ctx context.Context, h *curl.Easy, j job) result {
	r := result{url: j.url}
	if r.err = h.Set(opt.URL(j.url)); r.err != nil {
		return r
	}
	r.err = withoutURL(h.Perform(ctx))
	asked := r.ask(h) // after a failure too: how far it had come
	switch {
	case r.err != nil:
	case asked != nil:
		r.err = asked
	case r.status >= 400:
		r.err = fmt.Errorf("the server answered with status %d", r.status)
	case j.size >= 0 && r.size != j.size:
		r.err = fmt.Errorf("%d bytes arrived instead of %d", r.size, j.size)
	}
	return r
}

// ask has libcurl say how the transfer went.
func (r *result) ask(h *curl.Easy) error {
	return errors.Join(
		ask(h, info.ResponseCode, &r.status),
		ask(h, info.SizeDownload, &r.size),
		ask(h, info.NumConnects, &r.opened),
		ask(h, info.HTTPVersion, &r.http),
		ask(h, info.Scheme, &r.scheme),
		ask(h, info.PrimaryPort, &r.port),
		ask(h, info.NameLookupTime, &r.times[lookedUp]),
		ask(h, info.ConnectTime, &r.times[connected]),
		ask(h, info.AppConnectTime, &r.times[secured]),
		ask(h, info.PreTransferTime, &r.times[ready]),
		ask(h, info.StartTransferTime, &r.times[answered]),
		ask(h, info.TotalTime, &r.times[over]),
	)
}

// withoutURL is for a table that shows it.
func withoutURL(err error) error {
	var e *curl.Error
	if !errors.As(err, &e) {
		return err
	}
	short := *e
	short.URL = ""
	return &short
}

func ask[T any](h *curl.Easy, key info.Key[T], answer *T) (err error) {
	*answer, err = curl.Info(h, key)
	return err
}
