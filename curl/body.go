package curl

import (
	"context"
	"io"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Output is the option that writes the body to w. An error of w, also a short write, ends the transfer and is the
// cause of its error.
func Output(w io.Writer) opt.Option {
	return opt.WriteFunction(func(p []byte) error {
		n, err := w.Write(p)
		if err == nil && n < len(p) {
			err = io.ErrShortWrite
		}
		return err
	})
}

// Input is the source of an upload: it sets the read function, the seek function when r is an io.Seeker (so that
// libcurl can send the body again after a redirect or a round of authentication), and the size when r tells it. Set
// opt.Upload, opt.Post or the like beside it. A nil r takes the source away.
//
// Without a size HTTP/1.1 sends the body in chunks, and other protocols go on to its end. A source that is large, or of no
// known size, gets libcurl a larger buffer (opt.UploadBufferSize, 2 MiB since libcurl 7.62.0), unless that is set: an
// upload then takes half the time or less.
//
// r is read inside callbacks, by the goroutine that waits for the transfer: that of Perform, or while Open or a Read of the
// response's body runs. Its errors end the transfer and are the cause of its error. When the source would have to go back
// and cannot, that is ErrNoRewind.
//
// libcurl seeks while it waits for the answer, so on an Engine a handle whose source seeks uses a connection of its own.
// struct{ io.Reader }{r} hides Seek, and keeps it on the engine's connections.
func (e *Easy) Input(r io.Reader) error {
	if r == nil {
		err := e.Unset(opt.IDReadFunction, opt.IDSeekFunction, opt.IDInFileSize)
		if err == nil {
			err = e.fitUpload(false)
		}
		return err
	}
	size, start := sizeOf(r)
	var seek opt.SeekFunc
	if s, ok := r.(io.Seeker); ok && start >= 0 {
		seek = func(offset int64, whence int) error {
			if whence == io.SeekStart {
				offset += start
			}
			_, err := s.Seek(offset, whence)
			return err
		}
	}
	err := e.Set(opt.ReadFunction(r.Read), opt.SeekFunction(seek), opt.InFileSize(size))
	if err == nil {
		err = e.fitUpload(size < 0 || size > largeUpload)
	}
	return err
}

// largeUpload is the size from which on a larger buffer than libcurl's default pays.
const largeUpload = 1 << 20

func (e *Easy) fitUpload(large bool) error {
	lock, err := e.h.acquire(state.Set)
	if err != nil {
		return err
	}
	e.h.cell.FitUpload(large)
	lock.Unlock()
	return nil
}

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

// Fetch runs the transfer like Perform and returns its body, which replaces any write function for this time. With an
// error it returns what had arrived.
func (e *Easy) Fetch(ctx context.Context) ([]byte, error) {
	var body []byte
	err := e.perform(ctx, &body)
	return body, err
}
