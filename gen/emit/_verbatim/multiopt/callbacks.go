package multiopt

import (
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Handle is a *curl.Easy, as far as this package may know it; a type assertion gives all of it.
type Handle interface {
	Set(options ...opt.Option) error
	Cancel() error
	Close() error
}

// Socket is what a multi handle wants to know about a socket.
type Socket struct {
	FD       uintptr
	Interest SocketInterest
	Value    any    // what Multi.Assign gave the socket, nil before that
	Handle   Handle // the transfer that the socket is for now; nil when it is libcurl's own
}

// SocketFunc is told what a multi handle wants to know about a socket (curl_socket_callback). An error fails the multi
// handle's transfers.
type SocketFunc func(s Socket) error

// TimerFunc is told after how long a multi handle wants to be called whatever its sockets do
// (curl_multi_timer_callback); a negative duration means not at all. An error fails the multi handle's transfers.
type TimerFunc func(after time.Duration) error

// Push is a stream that an HTTP/2 server offers to send without having been asked.
type Push struct {
	Parent  Handle   // the transfer that it came with; nil when that is libcurl's own
	Stream  Handle   // the handle it will be a transfer of: give it callbacks and keep it, if you accept
	Headers []string // the request that the server answers, as "name:value", pseudo headers first
}

// Header returns the value of the first header with that name, such as ":path", and "" when there is none.
func (p Push) Header(name string) string {
	for _, line := range p.Headers {
		if name != "" && len(line) > len(name) && line[len(name)] == ':' && strings.EqualFold(line[:len(name)], name) {
			return strings.TrimLeft(line[len(name)+1:], " ")
		}
	}
	return ""
}

// PushFunc decides about a pushed stream (curl_push_callback).
type PushFunc func(p Push) PushVerdict

// NotifyFunc is told what happened in a multi handle (curl_notify_callback), and to which transfer: nil when that is
// libcurl's own.
type NotifyFunc func(n Notification, of Handle)
