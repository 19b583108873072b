package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Unset puts the defaults back for the given options. It is refused like Set; options that the runtime owns are an
// *OwnedError. What an option has done already stays done: cookies, HSTS and Alt-Svc entries that were read are kept.
func (e *Easy) Unset(ids ...opt.ID) error {
	op := state.SetLive
	for i, id := range ids {
		m, err := checkUnset(id)
		if err != nil {
			return &OptionError{Index: i, Option: id, Err: err}
		}
		if !m.Live {
			op = state.Set
		}
	}
	lock, err := e.handle().acquire(op)
	if err != nil {
		return named(err, "Unset")
	}
	for i, id := range ids {
		if err = e.unset(i, id); err != nil {
			break
		}
	}
	e.release(lock)
	return reraise(err)
}

func checkUnset(id opt.ID) (opt.Meta, error) {
	m, ok := opt.Lookup(id)
	switch {
	case !ok:
		return m, &ClassError{Option: id}
	case id == opt.IDCURLU || id == opt.IDMIMEPost: // see SetURL and SetMIME
		return m, nil
	case m.Owner != "":
		return m, &OwnedError{id, m.Owner}
	case m.Unset.Kind == opt.UnsetNever:
		return m, &opt.ValueError{Option: id, Value: "unset", Reason: "libcurl cannot take it back; use a new handle"}
	case ruleOf(id).missing:
		return m, unsupported(m.Name, m.Since)
	}
	return m, nil
}

// unset puts one default back. The handle is locked.
func (e *Easy) unset(i int, id opt.ID) error {
	m, _ := opt.Lookup(id)
	if f := ruleOf(id).fallback; f != 0 {
		m, _ = opt.Lookup(f)
	}
	if id == opt.IDURL || id == opt.IDCURLU {
		e.h.noURL()
	}
	if id == opt.IDCURLU {
		return nil
	}
	if id == opt.IDMIMEPost {
		refused, err := e.putMIME(nil)
		if err == nil && refused != nil {
			err = &OptionError{Index: i, Option: id, Applied: true, Err: refused}
		}
		return err
	}
	c, b := e.h.cell, capi.NewBatch()
	defer b.Free()
	putDefault(b, m)
	e.h.tainted = e.h.tainted || m.Calls
	var code int
	if err := e.h.calls(e, func() { _, code = c.Apply(b, true) }); err != nil {
		return err
	}
	if code == int(codes.BadFunctionArgument) {
		code = unsetProtocols(c, b, id)
	}
	if code != 0 {
		return &OptionError{Index: i, Option: id, Applied: true, Err: &Error{
			Op: "unset " + id.String(), Code: codes.Easy(code), Detail: e.h.text(),
		}}
	}
	e.fn.set(id, nil)
	e.h.proxy.forget(id)
	return nil
}

// putDefault adds the option whose value is the default of this one.
func putDefault(b *capi.Batch, m opt.Meta) {
	id := int32(m.ID)
	switch m.Unset.Kind {
	case opt.UnsetInt:
		n := m.Unset.For(capi.VersionNum())
		if m.Class == opt.ClassOff {
			b.Off(id, n)
		} else {
			b.Long(id, n)
		}
	case opt.UnsetCAs:
		if path := builtInCAs(m.ID); path != "" {
			b.String(id, path)
			break
		}
		b.Null(id, capi.ClassString)
	default:
		putNull(b, id, m.Class)
	}
}

func putNull(b *capi.Batch, id int32, class opt.Class) {
	switch class {
	case opt.ClassFunction:
		b.Function(id, false)
	case opt.ClassList:
		b.Null(id, capi.ClassList)
	case opt.ClassBlob:
		b.Null(id, capi.ClassBlob)
	case opt.ClassBytes:
		b.Null(id, capi.ClassBytes)
	default:
		b.Null(id, capi.ClassString)
	}
}
