package curl

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// SetMIME has the next transfers send the form: an HTTP request becomes a POST of it, a mail gets its parts. Like opt.Post
// and its kind it takes the place of what was to be sent before, and gives way to what is set after it. With nil there is
// no form any more, and HTTP requests are GETs again.
//
// The handle keeps what it needs of m; Reset and Close give that up, and a Clone has the form, too. HTTP adds
// "Content-Type: multipart/form-data", unless opt.HTTPHeader has another one; the headers of a mail come from opt.HTTPHeader. opt.MIMEOptions says how names are
// escaped.
//
// It is refused like Set, with ErrBusy while a transfer is in flight. A part that libcurl cannot take, such as a file that
// is not there, is a *PartError.
//
// Forms are sent with larger buffers when they are large, like an Input.
//
// https://curl.se/libcurl/c/CURLOPT_MIMEPOST.html
func (e *Easy) SetMIME(m *MIME) error {
	if err := m.look(); err != nil {
		return err
	}
	lock, err := e.handle().acquire(state.Set)
	if err != nil {
		return named(err, "SetMIME")
	}
	refused, err := e.putMIME(m)
	e.release(lock)
	runtime.KeepAlive(m)
	return reraise(firstPanic(err, refused))
}

// putMIME sets the form, or none; panicked is what a callback did. The handle is locked.
func (e *Easy) putMIME(m *MIME) (refused, panicked error) {
	h := e.h
	code, part := 0, 0
	panicked = h.calls(e, func() { code, part = h.cell.SetMIME(m.inC()) }) // verbose output is a callback
	switch {
	case code != 0:
		return m.refused(code, part, h.text()), panicked
	case m == nil:
		if e.fn.mime != nil {
			e.fn.rare().mime = nil
		}
		h.cell.FitUpload(false)
	default:
		e.fn.rare().mime = newSources(m)
		h.cell.FitUpload(m.large)
	}
	return nil, panicked
}

// look looks at the files of the form, with no lock held: only regular ones are for libcurl, which would wait for others
// where nothing interrupts it.
func (m *MIME) look() error {
	if m == nil {
		return nil
	}
	for i := range m.parts {
		p := &m.parts[i]
		if p.file == "" {
			continue
		}
		switch info, err := os.Stat(p.file); {
		case err != nil:
			return p.error(err)
		case !info.Mode().IsRegular():
			return p.error(&fs.PathError{Op: "send", Path: p.file, Err: errNotRegular})
		}
	}
	return nil
}

var errNotRegular = errors.New("not a regular file; use Part.Open or Part.Reader")

// inC is the form as a cell takes it.
func (m *MIME) inC() capi.Form {
	switch {
	case m == nil:
		return capi.Form{}
	case !m.form.Valid(): // the zero MIME
		return emptyForm()
	}
	return m.form
}

// emptyForm has no parts.
var emptyForm = sync.OnceValue(func() capi.Form { return capi.NewForm(&capi.FormWriter{}) })

// refused is the error of a form that libcurl has refused just now.
func (m *MIME) refused(code, part int, detail string) error {
	c := codes.Easy(code)
	if c == codes.NotBuiltIn || c == codes.UnknownOption {
		return unsupported("CURLOPT_MIMEPOST", 0x073800)
	}
	err := &Error{Op: "set CURLOPT_MIMEPOST", Code: c, Detail: detail}
	if m == nil || part < 0 || part >= len(m.parts) {
		return err
	}
	return m.parts[part].error(err)
}

// takeOpen takes away what Open has returned for a transfer that is over, for its caller to close when it holds no lock.
func (f *functions) takeOpen() (open []io.Closer) {
	for _, s := range f.mime {
		if s.cur != nil {
			open = append(open, s.cur)
			s.cur, s.end = nil, true
		}
	}
	return open
}

// closeAll closes them. No lock is held. It returns the first panic.
func closeAll(open []io.Closer) (err error) {
	for _, c := range open {
		err = firstPanic(err, closeOne(c))
	}
	return err
}

func closeOne(c io.Closer) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &CallbackPanic{v, debug.Stack()}
		}
	}()
	_ = c.Close() // nobody wants to know what comes after the data
	return nil
}
