package curl

import (
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// Info answers a question about the handle's transfer, in the type of the key:
//
//	status, err := curl.Info(h, info.ResponseCode)
//
// It may be called from any goroutine and any callback, also while the transfer runs; then it waits until libcurl is
// between two steps. The answer is a copy, except for the sockets and TLS pointers that libcurl lends; the latter it gives
// only where they cannot be gone already: at rest, and in the transfer's own callbacks. A key that the
// running libcurl lacks is an *UnsupportedError. A libcurl without FeatureAsynchDNS resolves names within a step.
//
// https://curl.se/libcurl/c/curl_easy_getinfo.html
func Info[T any](e *Easy, key info.Key[T]) (T, error) {
	v, err := e.info(key.Spec())
	if err != nil {
		var none T
		return none, err
	}
	return key.Convert(v), nil
}

func (e *Easy) info(s info.Spec) (v info.Value, err error) {
	op := state.Info
	if s.Kind == info.KindTLS {
		op = state.InfoTLS
	}
	lock, err := e.handle().acquire(op)
	if err != nil {
		return v, err
	}
	if slices.Contains(rules.newer, s.ID) {
		lock.Unlock()
		m, _ := info.Lookup(s.ID)
		return v, unsupported(m.Name, m.Since)
	}
	if op == state.InfoTLS && e.h.late(lock) {
		lock.Unlock()
		return v, &StateError{Op: method(op), State: state.InFlight.String(), Caller: state.OwnCallback.String(), Reason: ErrAfterTheFact}
	}
	v, code := readInfo(e.h.cell, s)
	lock.Unlock()
	if code != 0 {
		return v, &Error{Op: "get " + s.ID.String(), Code: codes.Easy(code)}
	}
	return v, nil
}

func readInfo(c capi.Cell, s info.Spec) (v info.Value, code int) {
	id := int32(s.ID)
	switch s.Kind {
	case info.KindLong:
		v.Int, code = c.InfoLong(id)
	case info.KindOff:
		v.Int, code = c.InfoOff(id)
	case info.KindDouble:
		v.Float, code = c.InfoDouble(id)
	case info.KindString:
		v.Str, code = c.InfoString(id)
	case info.KindList:
		v.List, code = c.InfoList(id)
	case info.KindCerts:
		v.Certs, code = c.InfoCerts(id)
	case info.KindSocket:
		v.Int, code = c.InfoSocket(id)
	case info.KindTLS:
		var backend int
		backend, v.Ptr, code = c.InfoTLS(id)
		v.Int = int64(backend)
	default:
		code = int(codes.UnknownOption)
	}
	return v, code
}
