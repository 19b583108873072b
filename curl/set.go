package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Set sets options, in order. Everything that can be known beforehand is checked before the first one is applied:
// bad values, options that the running libcurl lacks, the state of the handle. When libcurl itself then refuses an
// option, the batch stops there and the options before it stay set. Both are *OptionErrors.
//
// Strings and slices are copied. Setting an option again replaces its value and frees the old one.
//
// During a transfer only the options that libcurl re-reads can be set, and only from the handle's own callbacks; all
// others are ErrBusy.
//
// https://curl.se/libcurl/c/curl_easy_setopt.html
func (e *Easy) Set(options ...opt.Option) error {
	if done, err := e.setNumbers(options); done {
		return err
	}
	return e.setThen(nil, options...)
}

// setThen is Set, and calls then, unless nil, with the handle locked once all are set.
func (e *Easy) setThen(then func(), options ...opt.Option) error {
	if e.handle() == &neverOpen {
		return setOnNever(options)
	}
	p, err := check(options)
	if err != nil {
		return err
	}
	lock, err := e.handle().acquire(p.op)
	if err != nil {
		return err
	}
	b := batch{Batch: capi.NewBatch(), e: e, calls: p.calls}
	e.h.tainted = e.h.tainted || p.keeps
	for i := range options {
		o := &options[i]
		if id, class, n, number := o.Number(); number && !p.older {
			if class == opt.ClassLong {
				b.Long(int32(id), n)
			} else {
				b.Off(int32(id), n)
			}
		} else if text, ok := o.Text(); ok && !p.older {
			b.noted = true
			b.String(int32(id), text)
		} else {
			s := o.Spec()
			b.put(&s)
		}
		// A function that is set before an option that may call it hears of that one.
		if b.Len() == capi.MaxOps || p.calls && b.isFunction(options[i]) {
			if err = b.flush(options); err != nil {
				break
			}
		}
	}
	if err == nil {
		err = b.flush(options)
	}
	b.Free()
	if err == nil && then != nil {
		then()
	}
	e.release(lock)
	return reraise(err)
}

// setOnNever is Set on a handle that never was one. Perhaps no libcurl is loaded, and nothing known of options but what is wrong
// with any libcurl, which comes before the state elsewhere, too.
func setOnNever(options []opt.Option) error {
	for i := range options {
		s := options[i].Spec()
		if err := checkValue(&s); err != nil {
			return &OptionError{Index: i, Option: s.ID, Err: err}
		}
	}
	return neverOpen.refuse(state.Set, ErrClosed)
}

// batch collects options and applies them, at most capi.MaxOps in one crossing into C. The handle is locked.
type batch struct {
	*capi.Batch
	e     *Easy
	base  int // index of the first option that is not applied yet
	calls bool
	noted bool // one of the options is more than a number: see applied
}

func (b *batch) isFunction(o opt.Option) bool { return b.noted && o.Spec().Class == opt.ClassFunction }

func (b *batch) put(s *opt.Spec) {
	id := s.ID
	b.noted = true
	if f := ruleOf(id).fallback; f != 0 {
		b.putFallback(f, s)
		return
	}
	switch s.Class {
	case opt.ClassLong:
		b.Long(int32(id), s.Int)
	case opt.ClassOff:
		b.Off(int32(id), s.Int)
	case opt.ClassString:
		b.String(int32(id), s.Str)
	case opt.ClassFunction:
		b.Function(int32(id), s.Any != nil)
	case opt.ClassList:
		if v, _ := s.Any.([]string); len(v) > 0 {
			b.List(int32(id), v)
		} else {
			b.Null(int32(id), capi.ClassList)
		}
	case opt.ClassBlob:
		if v, _ := s.Any.([]byte); v != nil {
			b.Blob(int32(id), keyBlob(opt.ID(id), v))
		} else {
			b.Null(int32(id), capi.ClassBlob)
		}
	case opt.ClassBytes:
		if v, _ := s.Any.([]byte); v != nil {
			b.Bytes(int32(id), v)
		} else {
			b.Null(int32(id), capi.ClassBytes)
		}
	}
}

// putFallback sets the older option with the same meaning: milliseconds become seconds, rounded up.
func (b *batch) putFallback(id opt.ID, s *opt.Spec) {
	if ruleOf(id).class == opt.ClassOff {
		b.Off(int32(id), s.Int)
	} else {
		b.Long(int32(id), (s.Int+999)/1000)
	}
}

// flush applies what has been collected.
func (b *batch) flush(options []opt.Option) error {
	e, n := b.e, b.Len()
	if n == 0 {
		return nil
	}
	var done, code int
	var panicked error
	if b.calls || e.h.cell.Debugging() { // with a debug callback any refusal may be reported to it
		panicked = e.h.calls(e, func() { done, code = e.h.cell.Apply(b.Batch, true) })
	} else {
		done, code = e.h.cell.Apply(b.Batch, false)
	}
	if b.noted {
		for i := range done {
			if o := &options[b.base+i]; !o.IsNumber() {
				e.applied(o)
			}
		}
	}
	b.base += n
	if code == 0 || panicked != nil {
		return panicked
	}
	return e.refused(options, b.base-n+done, code)
}

// refused is the error of the option that libcurl refused just now. The caller has the handle locked.
func (e *Easy) refused(options []opt.Option, i, code int) error {
	id := options[i].ID()
	return &OptionError{Index: i, Option: id, Applied: true, Err: &Error{
		Op: "set " + id.String(), Code: codes.Easy(code), Detail: e.h.text(),
	}}
}

// applied notes what the runtime itself has to remember of an option that is set now.
func (e *Easy) applied(o *opt.Option) {
	if text, ok := o.Text(); ok {
		e.h.noteText(o.ID(), text)
		return
	}
	switch s := o.Spec(); s.Class {
	case opt.ClassString:
		e.h.noteText(s.ID, s.Str)
	case opt.ClassFunction:
		e.fn.set(s.ID, s.Any)
	}
}

func (h *handle) noteText(id opt.ID, text string) {
	h.proxy.note(id, text)
	if id == opt.IDURL && (h.url != nil || h.staleURL) {
		h.leaveURL()
	}
}
