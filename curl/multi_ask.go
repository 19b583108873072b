package curl

import (
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// ask runs f, which libcurl allows only while none of its calls on the multi handle is in progress. It returns the panic
// of a callback, raised already, or why f was not run.
func (m *Multi) ask(op state.Op, name string, f func(capi.Multi)) error {
	in := m.inner()
	if err := in.permits(op, name); err != nil {
		return err
	}
	in.d.Lock()
	if in.callbacks.Load() > 0 { // of somebody's Add, Resume or the like
		in.d.Mu.Unlock()
		err := refusal(op, state.InFlight, state.Outside, state.Busy, nil).(*StateError)
		err.Op = name
		return err
	}
	ran := false
	err := in.work(m, func() { ran = true; f(in.c) })
	if err == nil && !ran {
		err = in.permits(op, name)
	}
	return reraise(err)
}

// look runs f, which fires no callback, while nobody else is inside libcurl.
func (m *Multi) look(name string, f func(capi.Multi) int) error {
	in := m.inner()
	if err := in.permits(state.MultiAsk, name); err != nil {
		return err
	}
	in.d.Lock()
	defer in.d.Mu.Unlock()
	if err := in.permits(state.MultiAsk, name); err != nil { // closed meanwhile
		return err
	}
	return multiError(name, f(in.c))
}

// Timeout tells after how long libcurl wants Perform, or SocketAction with SocketTimeout, to be called, whatever its
// sockets do: at once while a member waits for its start, and false when it does not matter.
//
// https://curl.se/libcurl/c/curl_multi_timeout.html
func (m *Multi) Timeout() (after time.Duration, set bool, err error) {
	var ms int64
	code := 0
	err = m.ask(state.MultiSet, "Timeout", func(c capi.Multi) { ms, code = c.Timeout() })
	if err == nil {
		err = multiError("Timeout", code)
	}
	if err != nil {
		return 0, false, err
	}
	if m.inner().startable() {
		return 0, true, nil
	}
	return time.Duration(max(ms, 0)) * time.Millisecond, ms >= 0, nil
}

// WaitFDs lists the descriptors that Poll would wait for, for a program with a poller of its own that does without the
// socket function. libcurl has it since 8.8.0; on an older one it is an *UnsupportedError.
//
// https://curl.se/libcurl/c/curl_multi_waitfds.html
func (m *Multi) WaitFDs() ([]WaitFD, error) {
	if err := m.inner().permits(state.MultiSet, "WaitFDs"); err != nil {
		return nil, err
	}
	if !capi.Has(capi.FuncMultiWaitFDs) {
		return nil, unsupported("curl_multi_waitfds", capi.FuncMultiWaitFDs.Since())
	}
	var found []capi.WaitFD
	code := 0
	err := m.ask(state.MultiSet, "WaitFDs", func(c capi.Multi) { found, code = c.WaitFDs() })
	if err == nil {
		err = multiError("WaitFDs", code)
	}
	if err != nil {
		return nil, err
	}
	fds := make([]WaitFD, len(found))
	for i, f := range found {
		fds[i] = WaitFD{FD: f.FD, Events: multiopt.WaitEvents(f.Events)}
	}
	return fds, nil
}

// Count tells a number of transfers. libcurl itself counts since 8.16.0; on an older one TransfersRunning and
// TransfersPending are an *UnsupportedError, the others are counted on this side.
//
// https://curl.se/libcurl/c/curl_multi_get_offt.html
func (m *Multi) Count(what multiopt.Counter) (int64, error) {
	in := m.inner()
	var n int64
	err := m.look("Count", func(c capi.Multi) (code int) {
		if what == multiopt.TransfersRunning || what == multiopt.TransfersPending {
			if !capi.Has(capi.FuncMultiGetOffT) {
				return 0
			}
			n, code = c.Count(int32(multiopt.TransfersPending))
		}
		in.mu.Lock()
		defer in.mu.Unlock()
		switch what {
		case multiopt.TransfersCurrent:
			n = int64(len(in.list))
		case multiopt.TransfersAdded:
			n = in.added
		case multiopt.TransfersDone:
			n = int64(len(in.list) - in.active)
		case multiopt.TransfersRunning:
			n = int64(in.active) - n
		case multiopt.TransfersPending:
		default:
			code = int(codes.MultiUnknownOption)
		}
		return code
	})
	if err == nil && (what == multiopt.TransfersRunning || what == multiopt.TransfersPending) && !capi.Has(capi.FuncMultiGetOffT) {
		return 0, unsupported("curl_multi_get_offt", capi.FuncMultiGetOffT.Since())
	}
	return n, err
}

// Assign gives a socket that libcurl watches a value, which the socket function is told with it from then on, until libcurl
// is done with the socket; nil takes it away. It may be called from anywhere, the socket function above all. A
// socket that libcurl does not watch is codes.MultiBadSocket.
//
// https://curl.se/libcurl/c/curl_multi_assign.html
func (m *Multi) Assign(fd uintptr, value any) error {
	return m.look("Assign", func(c capi.Multi) int {
		code := c.Assign(fd, value != nil)
		switch {
		case code != 0:
		case value != nil:
			m.assigned[fd] = value
		default:
			delete(m.assigned, fd)
		}
		return code
	})
}

// NotifyEnable has the notify function hear of a kind of event. libcurl has it since 8.17.0.
//
// https://curl.se/libcurl/c/curl_multi_notify_enable.html
func (m *Multi) NotifyEnable(n multiopt.Notification) error {
	return m.notifyOn("NotifyEnable", n, true)
}

// NotifyDisable undoes NotifyEnable.
//
// https://curl.se/libcurl/c/curl_multi_notify_disable.html
func (m *Multi) NotifyDisable(n multiopt.Notification) error {
	return m.notifyOn("NotifyDisable", n, false)
}

func (m *Multi) notifyOn(name string, n multiopt.Notification, on bool) error {
	has := true
	err := m.look(name, func(c capi.Multi) int {
		if has = capi.Has(capi.FuncMultiNotifyEnable); !has {
			return 0
		}
		return c.NotifyOn(uint32(n), on)
	})
	if err == nil && !has {
		return unsupported("curl_multi_notify_enable", capi.FuncMultiNotifyEnable.Since())
	}
	return err
}
