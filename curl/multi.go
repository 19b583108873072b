package curl

import (
	"errors"
	"fmt"
	"runtime"
	"syscall"
	"weak"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Multi is libcurl's multi interface, for programs that come from C or have an event loop of their own: many transfers on
// one goroutine and one pool of connections, driven by the program. A program that starts afresh is served better by
// Easy.Perform in goroutines.
//
// A loop adds handles, calls Perform and Poll in turns until Perform says that none runs, and reads Messages; or it sets
// multiopt.SocketFunction and multiopt.TimerFunction and calls SocketAction for what its own poller reports.
//
// Every method may be called from any goroutine at any time, also inside callbacks; STATES.md has the verdicts. One
// goroutine drives a Multi at a time. Others may add, remove, pause, resume, cancel and close its members meanwhile: when
// no callback of the Multi is in progress such a call is carried out at once (a Poll in progress is interrupted for it),
// else by whoever is inside libcurl, as soon as the callback has returned.
//
// Callbacks of members run on the goroutine whose call drives the Multi, or carries out what was asked for. A panic of
// one is raised there, once, when libcurl has returned; its transfer ends, and its message has the *CallbackPanic as the
// error's cause. The other transfers are not touched. runtime.Goexit in a callback cannot be stopped and leaves libcurl's
// multi handle unusable: all members end, with ErrAbandoned as the cause, and so does the Multi.
//
// On a libcurl before 7.87.0 with the threaded resolver, ending a transfer waits for its name lookup; with the C library's
// resolver every step does.
//
// A Multi must not be copied; the zero Multi is a closed one.
//
// https://curl.se/libcurl/c/libcurl-multi.html
type Multi struct {
	_ noCopy
	m *multi

	// What the user gave, guarded by m.d.Mu. It hangs here and not on m, which tables know: so a Multi that is dropped
	// can be collected although its callbacks capture it.
	socket   multiopt.SocketFunc
	timer    multiopt.TimerFunc
	notify   multiopt.NotifyFunc
	push     multiopt.PushFunc
	assigned map[uintptr]any
	closers  map[uint64]opt.CloseSocketFunc // by handle.closer; of members, and of connections that outlive theirs

	members map[*handle]*Easy // guarded by m.mu

	cleanup runtime.Cleanup
}

// NewMulti makes a multi handle and sets the given options. It loads libcurl when that has not happened yet.
//
// The error is that of Load or Set, or about memory and descriptors.
//
// https://curl.se/libcurl/c/curl_multi_init.html
func NewMulti(options ...multiopt.Option) (*Multi, error) {
	if err := loader.Ensure(); err != nil {
		return nil, err
	}
	endTracing()
	c, code := capi.NewMulti()
	if !c.Valid() {
		if code < 0 {
			err := syscall.Errno(-code)
			if errors.Is(err, syscall.EMFILE) {
				return nil, fmt.Errorf("curl: no descriptors left for another Multi; raise the limit (ulimit -n): %w", err)
			}
			return nil, fmt.Errorf("curl: opening the descriptor of a Multi: %w", err)
		}
		return nil, errors.New("curl: libcurl could not make a multi handle: out of memory")
	}
	in := &multi{c: c, d: driver.Stepped(c.Driver()), list: map[*handle]*member{}, byEasy: map[uintptr]*handle{},
		closers: map[uint64]capi.Closer{}}
	in.key = multis.put(in)
	c.SetKey(in.key)
	m := &Multi{
		m: in, assigned: map[uintptr]any{}, closers: map[uint64]opt.CloseSocketFunc{}, members: map[*handle]*Easy{},
	}
	in.self = weak.Make(m)
	m.cleanup = runtime.AddCleanup(m, reapMulti, in)
	if len(options) > 0 {
		if err := m.Set(options...); err != nil {
			m.Close()
			return nil, err
		}
	}
	return m, nil
}

// inner is what every method starts with: what is behind m, or for the zero Multi (and none at all) one that is closed.
func (m *Multi) inner() *multi {
	if m == nil || m.m == nil {
		return neverMulti
	}
	return m.m
}

var neverMulti = &multi{st: state.Closed, d: &driver.Driver{}}
