package curl

import (
	"io"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Input is the source of an upload: it sets the read function, the seek function when r is an io.Seeker, and the size when
// r tells it (by Seek, or by a method Len). Set opt.Upload, opt.Post or the like beside it: without, nothing is sent. A nil
// r takes the source away.
//
// Each transfer sends r from where it stands now: the next transfer of the handle, a redirect or a round of authentication
// seek back to there. A source that cannot seek and has been read is ErrNoRewind then; call Input again. A clone has the same
// source, and while one transfer reads it the other is ErrSourceInUse. A source that ends before its size is reached is
// io.ErrUnexpectedEOF.
//
// Without a size HTTP/1.1 sends the body in chunks, and other protocols go on to its end; where you know it, set
// opt.InFileSize, or opt.PostFieldSize for opt.Post, after Input. HTTP/1.1 waits for up to a second whether the server wants a
// body ("Expect: 100-continue"), unless it is small and posted; "Expect:" as an opt.HTTPHeader does without.
//
// A source that is large, or of no known size, gets libcurl a larger buffer (opt.UploadBufferSize, 2 MiB since libcurl
// 7.62.0), unless that is set: an upload then takes half the time or less.
//
// r is read inside callbacks, by the goroutine that waits for the transfer: that of Perform, or while Open or a Read of the
// response's body runs. Its errors end the transfer and are the cause of its error. While a Read blocks neither
// ctx, Cancel nor Close gets through: let the end of ctx end the Read, as context.AfterFunc can by closing an io.Pipe.
//
// libcurl seeks while it waits for the answer, so on an Engine a handle whose source seeks uses a connection of its own.
// struct{ io.Reader }{r} hides Seek, and keeps it on the engine's connections; not with opt.ResumeFrom, where libcurl reads
// what is left out while it waits.
func (e *Easy) Input(r io.Reader) error { return named(e.input(r), "Input") }

func (e *Easy) input(r io.Reader) error {
	if r == nil {
		if err := e.Unset(opt.IDReadFunction, opt.IDSeekFunction); err != nil {
			return err
		}
		return e.setThen(func() { e.h.cell.SetSource(-1, false, false) }, opt.InFileSize(-1))
	}
	o := newOrigin(&Part{Reader: r})
	in := &input{source{of: o}, o.rewindable()}
	var seek opt.SeekFunc
	if in.seeks {
		seek = func(int64, int) error { return opt.ErrCantSeek } // it is in that does
	}
	return e.setThen(func() {
		e.fn.rare().input = in
		e.h.cell.SetSource(o.size, o.size < 0 || o.size > largeUpload, !in.seeks)
	}, opt.ReadFunction(r.Read), opt.SeekFunction(seek), opt.InFileSize(o.size))
}

// largeUpload is the size from which on a larger buffer than libcurl's default pays.
const largeUpload = 1 << 20

// input is what Input has given a handle, whose read function goes through it. It belongs to whoever is inside libcurl with
// the handle.
type input struct {
	source
	seeks bool // the seek function is its own, not one that was set after it
}

func (in *input) copy() *input {
	if in == nil {
		return nil
	}
	return &input{source{of: in.of}, in.seeks}
}

// read is the read function of the handle's transfer.
func (in *input) read(h *handle, p []byte) (int, error) {
	run, seek := h.run, h.easy.fn.seek
	if again := in.turn != run && in.off > 0; again && !in.of.rewindable() && seek != nil {
		if err := seek(0, io.SeekStart); err != nil {
			return 0, err
		}
		in.sought(0, run)
	}
	n, err := in.source.read(p, run)
	if err == io.EOF && in.off < h.cell.Promised() { // 7.x waits for the server then, which waits for the rest
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// seek is the seek function, when that is in's own.
func (in *input) seek(offset int64, whence int, run uint64) error {
	if whence != io.SeekStart { // libcurl asks for nothing else
		return opt.ErrCantSeek
	}
	if err := in.of.lent.seek(&in.source, offset); err != nil {
		return err
	}
	in.sought(offset, run)
	return nil
}

// sought notes that the source stands there, for the transfer of that number.
func (in *input) sought(offset int64, run uint64) { in.turn, in.off, in.end = run, offset, false }

// sizeOf finds out how much r has to give and where it stands; -1 where that cannot be known.
func sizeOf(r io.Reader) (size, start int64) {
	size, start = -1, -1
	if s, ok := r.(io.Seeker); ok {
		at, err := s.Seek(0, io.SeekCurrent)
		if err == nil {
			start = at
			if end, err := s.Seek(0, io.SeekEnd); err == nil {
				size = end - at
			}
			if _, err := s.Seek(at, io.SeekStart); err != nil {
				size, start = -1, -1
			}
		}
	}
	if l, ok := r.(interface{ Len() int }); ok && size < 0 {
		size = int64(l.Len())
	}
	return size, start
}
