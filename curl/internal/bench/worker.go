package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// goWorks are the Go form of the works.
var goWorks = map[string]func(*worker, int) error{
	"Set10":                  (*worker).set10,
	"NewClose":               (*worker).newClose,
	"Get64":                  getter("Get64", "/64", 64, false),
	"Get16K":                 getter("Get16K", "/16384", 16384, false),
	"GetHTTP2":               getter("GetHTTP2", "/64", 64, true, opt.SSLVerifyPeer(false)),
	"Download1GiB":           getter("Download1GiB", "/1073741824", 1<<30, false),
	"Download1GiBBuffer512K": getter("Download1GiBBuffer512K", "/1073741824", 1<<30, false, opt.BufferSize(512<<10)),
	"Upload256MiB":           (*worker).upload,
	"UploadGrown256MiB":      (*worker).uploadGrown,
	"UploadBothGrown256MiB":  (*worker).uploadGrown,
	"StreamDownload1GiB":     body("StreamDownload1GiB", false, read32K),
	"StreamEngine1GiB":       body("StreamEngine1GiB", true, read32K),
	"StreamCopy1GiB":         body("StreamCopy1GiB", false, copyAll),
	"UploadEngine256MiB":     (*worker).uploadEngine,
	"Get100Connections":      (*worker).many,
	"Engine50kGet":           engineMany("Engine50kGet", false),
	"EngineHTTP2": engineMany("EngineHTTP2", true, opt.SSLVerifyPeer(false), opt.HTTPVersion(opt.HTTPVer2TLS),
		opt.PipeWait(true)),
	"Trickle1000":        (*worker).engineTrickle,
	"Beside0":            beside(0, false),
	"Beside4000":         beside(4000, false),
	"BesideSameHost4000": beside(4000, true),
}

// worker is a side in Go, with gocurl or with net/http: a process of its own that does what it reads.
type worker struct {
	works        map[string]func(*worker, int) error
	base, baseH2 string
	handles      map[string]*curl.Easy // made in the first round of a work and kept
	crowds       map[string]*crowd     // the same on engines
	total        int64                 // bytes received in this round
	left         int                   // bytes to send in this transfer
	manyBytes    *atomic.Int64
	client       *http.Client // of net/http, made when first used
	dials        atomic.Int64 // connections that it made
}

// handle returns the handle of a work.
func (w *worker) handle(name string, options ...opt.Option) (*curl.Easy, error) {
	if h := w.handles[name]; h != nil {
		return h, nil
	}
	h, err := curl.New(options...)
	if err == nil {
		w.handles[name] = h
	}
	return h, err
}

// work reads lines "work count" from in, does it, and answers "wall-ns cpu-ns allocations", like peer.c.
func (w *worker) work(in io.Reader) error {
	w.handles, w.crowds = map[string]*curl.Easy{}, map[string]*crowd{}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var name string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &name, &n); err != nil {
			return fmt.Errorf("%q: %w", lines.Text(), err)
		}
		do := w.works[name]
		if do == nil {
			return fmt.Errorf("there is no work %q", name)
		}
		allocs, cpu, wall := mallocs(), cpuTime(), time.Now()
		if err := do(w, n); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		took, spent := time.Since(wall), cpuTime()-cpu
		fmt.Fprintln(os.Stdout, took.Nanoseconds(), spent.Nanoseconds(), mallocs()-allocs)
	}
	return lines.Err()
}

func mallocs() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}
