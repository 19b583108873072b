package testserver

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// pass holds a route at the gate of its request. When the client goes or the
// server closes first, it ends the route and nothing more is sent.
func (s *HTTP) pass(r *http.Request) {
	if s.Gate(param(r, "gate")).Pass(r.Context()) != nil {
		panic(http.ErrAbortHandler)
	}
}

func (s *HTTP) serveHang(w http.ResponseWriter, r *http.Request) {
	s.pass(r)
	write(w, "late\n")
}

func (s *HTTP) serveSlow(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "2")
	write(w, "1")
	flush(w)
	s.pass(r)
	write(w, "2")
}

func (s *HTTP) serveTrickle(w http.ResponseWriter, r *http.Request) {
	n, ok := size(w, r)
	if !ok {
		return
	}
	next := s.pass
	if every, err := time.ParseDuration(param(r, "every")); err == nil && every > 0 {
		clock := time.NewTicker(every)
		defer clock.Stop()
		next = func(r *http.Request) {
			select {
			case <-clock.C:
			case <-r.Context().Done():
				panic(http.ErrAbortHandler)
			}
		}
	}
	w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
	flush(w)
	var one [1]byte
	for off := int64(0); off < n; off++ {
		next(r)
		Pattern(one[:], off)
		if _, err := w.Write(one[:]); err != nil {
			return
		}
		flush(w)
	}
}

// serveUpload answers with the number of bytes it took. A stop of 0 reads
// nothing before the gate, which leaves the client stuck in sending as soon as
// the kernel's buffers are full.
func (s *HTTP) serveUpload(w http.ResponseWriter, r *http.Request) {
	taken := int64(0)
	if stop := intParam(r, "stop", -1); stop >= 0 {
		n, err := io.CopyN(io.Discard, r.Body, int64(stop))
		taken += n
		if err != nil && !errors.Is(err, io.EOF) {
			return
		}
		s.pass(r)
	}
	n, err := io.Copy(io.Discard, r.Body)
	if err == nil {
		write(w, strconv.FormatInt(taken+n, 10))
	}
}
