package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
)

// httpWorks are the works with net/http, as its users write them.
var httpWorks = map[string]func(*worker, int) error{
	"Get64":              httpGetter("/64", 64, false),
	"Get16K":             httpGetter("/16384", 16384, false),
	"GetHTTP2":           httpGetter("/64", 64, true),
	"Download1GiB":       httpGetter("/1073741824", 1<<30, false),
	"StreamDownload1GiB": httpGetter("/1073741824", 1<<30, false),
	"Upload256MiB":       (*worker).httpUpload,
	"UploadGrown256MiB":  (*worker).httpUpload,
	"Get100Connections":  httpMany(false),
	"Engine50kGet":       httpMany(false),
	"EngineHTTP2":        httpMany(true),
	"Trickle1000":        (*worker).httpTrickle,
}

// httpClient returns the client of all works; it asks for no compression, as libcurl does not.
func (w *worker) httpClient() *http.Client {
	if w.client == nil {
		dial := (&net.Dialer{}).DialContext
		w.client = &http.Client{Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				w.dials.Add(1)
				return dial(ctx, network, address)
			},
			DisableCompression:  true,
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 1000,
			TLSClientConfig:     &tls.Config{InsecureSkipVerify: true},
		}}
	}
	return w.client
}

// httpGet reads the body of a GET through buffer and returns its length.
func (w *worker) httpGet(url string, buffer []byte) (size int64, err error) {
	r, err := w.httpClient().Get(url)
	if err != nil {
		return 0, err
	}
	defer r.Body.Close()
	for {
		n, err := r.Body.Read(buffer)
		size += int64(n)
		if bad := intact(buffer[:n]); bad != nil {
			return size, bad
		}
		if errors.Is(err, io.EOF) {
			return size, nil
		}
		if err != nil {
			return size, err
		}
	}
}

// httpExpect is httpGet of a body whose length is known.
func (w *worker) httpExpect(url string, size int64, buffer []byte) error {
	got, err := w.httpGet(url, buffer)
	if err == nil && got != size {
		err = fmt.Errorf("%d bytes are missing", size-got)
	}
	return err
}

// httpGetter repeats a GET of size bytes.
func httpGetter(path string, size int64, h2 bool) func(*worker, int) error {
	return func(w *worker, n int) error {
		url, buffer := w.from(h2)+path, make([]byte, 32<<10)
		for range n {
			if err := w.httpExpect(url, size, buffer); err != nil {
				return err
			}
		}
		return nil
	}
}

// httpUpload is upload of transfer.c.
func (w *worker) httpUpload(n int) error {
	for range n {
		w.left = uploadSize
		q, err := http.NewRequest(http.MethodPut, w.base+"/upload", zeros{w})
		if err != nil {
			return err
		}
		q.ContentLength = uploadSize
		r, err := w.httpClient().Do(q)
		if err != nil {
			return err
		}
		r.Body.Close()
		if w.left != 0 {
			return fmt.Errorf("%d bytes were not sent", w.left)
		}
	}
	return nil
}

// httpMany does what many.c does, with 100 goroutines.
func httpMany(h2 bool) func(*worker, int) error {
	return func(w *worker, n int) error {
		url := w.from(h2) + "/64"
		// With a connection there, the others do not make their own.
		if err := w.httpExpect(url, 64, make([]byte, 64)); err != nil {
			return err
		}
		dials := w.dials.Load()
		var left atomic.Int64
		left.Store(int64(n - 1))
		err := together(100, func(int) error {
			buffer := make([]byte, 32<<10)
			for left.Add(-1) >= 0 {
				if err := w.httpExpect(url, 64, buffer); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil && h2 && w.dials.Load() != dials {
			err = errors.New("not on one connection")
		}
		return err
	}
}

// httpTrickle is trickle of slow.c.
func (w *worker) httpTrickle(n int) error {
	url := fmt.Sprint(w.base, "/trickle/", n)
	w.httpClient()
	return together(1000, func(int) error { return w.httpExpect(url, int64(n), make([]byte, 64)) })
}

func (w *worker) from(h2 bool) string {
	if h2 {
		return w.baseH2
	}
	return w.base
}
