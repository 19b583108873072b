package multiopt

import "time"

// SocketFunc is told what a multi handle wants to know about a socket (curl_socket_callback). An error fails the multi
// handle's transfers.
type SocketFunc func(fd uintptr, interest SocketInterest) error

// TimerFunc is told after how long a multi handle wants to be called whatever its sockets do
// (curl_multi_timer_callback); a negative duration means not at all. An error fails the multi handle's transfers.
type TimerFunc func(after time.Duration) error

// Push is a stream that an HTTP/2 server offers to send without having been asked.
type Push struct {
	Headers []string // the request that the server answers, as "name:value", pseudo headers first
}

// PushFunc decides about a pushed stream (curl_push_callback).
type PushFunc func(p Push) PushVerdict

// NotifyFunc is told what happened in a multi handle (curl_notify_callback).
type NotifyFunc func(n Notification)
