package curl

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// Set sets options, in order. What can be known beforehand is checked before the first one is applied: bad values and
// options that the running libcurl lacks. When libcurl itself refuses one, the batch stops there and the options before it
// stay set. Both are *MultiOptionErrors.
//
// It is ErrBusy while another goroutine drives the Multi, and ErrInCallback in callbacks of the Multi and its members.
//
// https://curl.se/libcurl/c/curl_multi_setopt.html
func (m *Multi) Set(options ...multiopt.Option) error {
	for i := range options {
		if err := checkMulti(options[i].Spec()); err != nil {
			return &MultiOptionError{Index: i, Option: options[i].ID(), Err: err}
		}
	}
	var refused error
	err := m.ask(state.MultiSet, "Set", func(c capi.Multi) {
		for i := range options {
			s := options[i].Spec()
			if code := m.apply(c, s); code != 0 {
				refused = &MultiOptionError{Index: i, Option: s.ID, Applied: true, Err: multiError("set "+s.ID.String(), code)}
				return
			}
		}
	})
	return firstPanic(refused, err)
}

// MultiOptionError says which option of a batch was refused. Before Applied is true nothing of the batch was changed; when
// libcurl itself refuses an option, those before it stay set.
type MultiOptionError struct {
	Index   int         // place of the option in the batch
	Option  multiopt.ID // which one
	Applied bool        // libcurl refused it, after the options before it were set
	Err     error       // *MultiValueError, *UnsupportedError or *MultiError
}

func (e *MultiOptionError) Error() string {
	text := e.Err.Error()
	if _, ok := e.Err.(*MultiError); ok { // begins like this one
		return text
	}
	return "curl: " + text
}

// Unwrap returns why.
func (e *MultiOptionError) Unwrap() error { return e.Err }

// MultiValueError refuses a value that an option cannot have.
type MultiValueError struct {
	Option multiopt.ID
	Value  string
	Reason string
}

func (e *MultiValueError) Error() string { return e.Option.String() + ": " + e.Value + " " + e.Reason }

// checkMulti finds everything about an option that can be known before it is applied.
func checkMulti(s multiopt.Spec) error {
	meta, ok := multiopt.Lookup(s.ID)
	if !ok {
		return errors.New("this is no option: options are made by the functions of package multiopt")
	}
	if meta.Since > capi.VersionNum() {
		return unsupported(meta.Name, meta.Since)
	}
	if err := checkLater(meta.Later, s.Int); err != nil {
		return err
	}
	switch s.Class {
	case multiopt.ClassLong, multiopt.ClassOff:
		return checkMultiNumber(s)
	case multiopt.ClassList:
		list, _ := s.Any.([]string)
		for _, line := range list {
			if strings.IndexByte(line, 0) >= 0 {
				return &MultiValueError{s.ID, "a string with a NUL", "is nothing that libcurl can be given"}
			}
		}
	}
	return nil
}

// checkMultiNumber: libcurl takes most numbers as they are, stores them in something smaller, or corrects them silently,
// each release in its way.
func checkMultiNumber(s multiopt.Spec) error {
	low, high := int64(0), int64(1<<31-1)
	switch s.ID {
	case multiopt.IDMaxConnects:
		low = -1 // the default before 8.1.0
	case multiopt.IDMaxConcurrentStreams, multiopt.IDResolveThreadsMax:
		low = 1
	case multiopt.IDPipelining:
		high = int64(multiopt.PipeliningHTTP1 | multiopt.PipeliningMultiplex)
	case multiopt.IDNetworkChanged:
		high = int64(multiopt.ClearAll | multiopt.ClearConnections | multiopt.ClearDNS)
	case multiopt.IDChunkLengthPenaltySize, multiopt.IDContentLengthPenaltySize:
		high = 1<<63 - 1
	}
	if s.Int < low || s.Int > high {
		return &MultiValueError{s.ID, fmt.Sprint(s.Int), fmt.Sprintf("is not between %d and %d", low, high)}
	}
	return nil
}

// apply sets one option. d.Mu is held.
func (m *Multi) apply(c capi.Multi, s multiopt.Spec) (code int) {
	id := int32(s.ID)
	switch s.Class {
	case multiopt.ClassLong:
		return c.SetLong(id, s.Int)
	case multiopt.ClassOff:
		return c.SetOff(id, s.Int)
	case multiopt.ClassList:
		list, _ := s.Any.([]string)
		return c.SetList(id, list)
	}
	if code := c.SetFunction(id, s.Any != nil); code != 0 {
		return code
	}
	switch s.ID {
	case multiopt.IDSocketFunction:
		m.socket, _ = s.Any.(multiopt.SocketFunc)
	case multiopt.IDTimerFunction:
		m.timer, _ = s.Any.(multiopt.TimerFunc)
		m.m.mu.Lock()
		m.m.events = m.timer != nil
		m.m.mu.Unlock()
	case multiopt.IDNotifyFunction:
		m.notify, _ = s.Any.(multiopt.NotifyFunc)
	case multiopt.IDPushFunction:
		m.push, _ = s.Any.(multiopt.PushFunc)
	}
	return 0
}

// Unset puts options back to libcurl's defaults.
func (m *Multi) Unset(ids ...multiopt.ID) error {
	options := make([]multiopt.Spec, len(ids))
	for i, id := range ids {
		meta, ok := multiopt.Lookup(id)
		switch {
		case !ok || meta.Owner != "":
			return &MultiOptionError{Index: i, Option: id, Err: errors.New(id.String() + ": is no option of package multiopt")}
		case meta.Since > capi.VersionNum():
			return &MultiOptionError{Index: i, Option: id, Err: unsupported(meta.Name, meta.Since)}
		}
		options[i] = multiopt.Spec{ID: id, Class: meta.Class, Int: meta.Unset.For(capi.VersionNum())}
	}
	var refused error
	err := m.ask(state.MultiSet, "Unset", func(c capi.Multi) {
		for i, s := range options {
			if code := m.apply(c, s); code != 0 {
				refused = &MultiOptionError{Index: i, Option: s.ID, Applied: true, Err: multiError("unset "+s.ID.String(), code)}
				return
			}
		}
	})
	return firstPanic(refused, err)
}
