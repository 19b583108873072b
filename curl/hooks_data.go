package curl

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// takeData hands data that arrived to f, without copying it. dir is the direction that f may pause, 0 for none.
//
// libcurl never hands over more than 16 KiB (CURL_MAX_WRITE_SIZE), however large BUFFERSIZE is: 65,536 calls for a GiB.
// An empty binding (internal/bench) takes 1.1 to 1.2 of C's CPU for them: the way into Go and back, and what glibc and the
// kernel do more for a system call in a process with several threads (C with one idle thread takes 1.04 to 1.05). What
// comes on top is mostly the lock and the count of callbacks, two locked instructions each.
func takeData(h *handle, f func([]byte) error, dir Direction, p unsafe.Pointer, n uintptr) (ret uintptr) {
	ret = capi.WriteError
	resumes := h.resumes.Load()
	if h.want.Load()&uint32(dir) != 0 { // asked for by Pause, which the driver has not told libcurl yet
		if err := h.unpausable(); err != nil {
			h.fail(err)
			return ret
		}
		return capi.WritePause
	}
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	err := f(unsafe.Slice((*byte)(p), n))
	switch {
	case dir != 0 && in.paused(err, dir, resumes):
		if in.err = h.unpausable(); in.err != nil {
			return ret
		}
		return capi.WritePause
	case in.done(err) && h.stop.Load() == nil: // else there may be no next callback to end libcurl's work, as with TELNET
		return n
	}
	return ret
}

// errTelnetPause is in the error of a TELNET transfer that was to be paused.
var errTelnetPause = fmt.Errorf("libcurl would lose what a TELNET session receives while it is paused; "+
	"take it all (%w is for the read function alone)", opt.ErrPause)

// unpausable says why receiving cannot be paused, nil: it can. The caller does not hold mu.
func (h *handle) unpausable() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.telnet() {
		return errTelnetPause
	}
	return nil
}

func hookWrite(key uintptr, p unsafe.Pointer, size, n uintptr) uintptr {
	h := listener(key)
	if h == nil {
		return capi.WriteError
	}
	n *= size
	if h.collect != nil {
		*h.collect = append(*h.collect, unsafe.Slice((*byte)(p), n)...)
		h.offerTurn()
		return n
	}
	if h.easy.fn.write == nil {
		return n
	}
	return takeData(h, h.easy.fn.write, Receiving, p, n)
}

func hookHeader(key uintptr, p unsafe.Pointer, size, n uintptr) uintptr {
	h := listener(key)
	if h == nil || h.easy.fn.header == nil {
		return size * n // connections that are closed at the end of a handle have replies too
	}
	return takeData(h, h.easy.fn.header, Receiving, p, size*n)
}

func hookInterleave(key uintptr, p unsafe.Pointer, size, n uintptr) uintptr {
	h := listener(key)
	if h == nil || h.easy.fn.interleave == nil {
		return size * n
	}
	return takeData(h, h.easy.fn.interleave, 0, p, size*n) // libcurl fails an RTSP transfer whose data is paused
}

// maxEmptyReads is how often in a row a reader may return nothing and no error; bufio has the same limit.
const maxEmptyReads = 100

var errReadCount = errors.New("the read function returned a count outside its buffer")

func hookRead(key uintptr, p unsafe.Pointer, size, n uintptr) uintptr {
	h := listener(key)
	switch {
	case h == nil:
	case h.easy.fn.input != nil:
		in := h.easy.fn.input
		return giveData(h, func(p []byte) (int, error) { return in.read(h, p) }, p, size*n)
	case h.easy.fn.read != nil:
		return giveData(h, h.easy.fn.read, p, size*n)
	case p == nil: // a TELNET session in which nobody types: telnet.c
		return giveData(h, nothingToSend, nil, 0)
	}
	return capi.ReadAbort
}

func nothingToSend([]byte) (int, error) { return 0, io.EOF }

// giveData has f fill the n bytes at p with data to send, and says how many there are, or what else libcurl is to do.
//
// A TELNET session waits inside libcurl and comes here ten times a second, paused or not. Nothing else of it can be told
// that it has been stopped, and nobody else gets the lock.
func giveData(h *handle, f func([]byte) (int, error), p unsafe.Pointer, n uintptr) (ret uintptr) {
	ret = capi.ReadAbort
	resumes := h.resumes.Load()
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	if h.want.Load()&uint32(Sending) != 0 {
		in.done(nil)
		return capi.ReadPause
	}
	h.framed = false
	buf := unsafe.Slice((*byte)(p), n)
	for range maxEmptyReads {
		got, err := f(buf)
		switch {
		case got < 0 || got > len(buf):
			in.done(errReadCount)
			return ret
		case got > 0 && (err == nil || err == io.EOF): // libcurl asks again, and is told the end then
			in.done(nil)
			return uintptr(got)
		case got > 0 && in.paused(err, Sending, resumes): // when it asks again
			return uintptr(got)
		case err == io.EOF:
			in.done(nil)
			return 0
		case in.paused(err, Sending, resumes):
			return capi.ReadPause
		case err != nil:
			in.done(err)
			return ret
		case h.framed: // nothing is what the frame has, and no end
			in.done(nil)
			return 0
		}
		// An io.Reader may return nothing and no error; for libcurl nothing is the end.
	}
	in.done(io.ErrNoProgress)
	return ret
}

func hookSeek(key uintptr, offset int64, whence int) (ret int) {
	ret = capi.SeekFail
	h := listener(key)
	if h == nil || h.easy.fn.seek == nil {
		return capi.SeekCant
	}
	fn, run := &h.easy.fn, h.run
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	var err error
	if src := fn.input; src != nil && src.seeks {
		err = src.seek(offset, whence, run)
	} else if err = fn.seek(offset, whence); err == nil && src != nil {
		src.sought(offset, run)
	}
	if errors.Is(err, opt.ErrCantSeek) {
		in.done(nil)
		return capi.SeekCant
	}
	if in.done(err) {
		return capi.SeekOK
	}
	return ret
}

func hookIoctl(key uintptr, cmd int) (ret int) {
	ret = capi.IoctlFail
	h := listener(key)
	if h == nil || h.easy.fn.ioctl == nil {
		return ret
	}
	f := h.easy.fn.ioctl
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	if in.done(f(opt.IOCommand(cmd))) {
		return capi.IoctlOK
	}
	return ret
}

func hookTrailer(key uintptr, list unsafe.Pointer) (ret int) {
	ret = capi.TrailerAbort
	h := listener(key)
	if h == nil || h.easy.fn.trailer == nil {
		return capi.TrailerOK
	}
	f := h.easy.fn.trailer
	h.trailed = trailersOnce()
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	lines, err := f()
	if err == nil {
		err = appendTrailers(list, lines)
	}
	if in.done(err) {
		return capi.TrailerOK
	}
	return ret
}

func appendTrailers(list unsafe.Pointer, lines []string) error {
	for _, line := range lines {
		if strings.ContainsAny(line, "\x00\r\n") {
			return fmt.Errorf("the trailer %q holds a NUL or a line end", line)
		}
	}
	if !capi.AppendTrailers(list, lines) {
		return errors.New("libcurl is out of memory")
	}
	return nil
}
