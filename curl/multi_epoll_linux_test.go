package curl_test

import (
	"syscall"
	"time"
)

// pollFD is a socket to wait for, and what has happened on it.
type pollFD struct {
	fd                 uintptr
	in, out            bool
	readable, writable bool
}

// pollSockets waits for the sockets, at most so long.
func pollSockets(fds []pollFD, wait time.Duration) {
	ep, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		panic(err)
	}
	defer syscall.Close(ep)
	for i, f := range fds {
		ev := syscall.EpollEvent{Fd: int32(i)}
		if f.in {
			ev.Events |= syscall.EPOLLIN
		}
		if f.out {
			ev.Events |= syscall.EPOLLOUT
		}
		_ = syscall.EpollCtl(ep, syscall.EPOLL_CTL_ADD, int(f.fd), &ev) // it may be closed already
	}
	events := make([]syscall.EpollEvent, len(fds)+1)
	n, err := syscall.EpollWait(ep, events, int((wait+time.Millisecond-1)/time.Millisecond))
	for i := 0; err == nil && i < n; i++ {
		f, ev := &fds[events[i].Fd], events[i].Events
		f.readable = ev&(syscall.EPOLLIN|syscall.EPOLLHUP|syscall.EPOLLERR) != 0
		f.writable = ev&(syscall.EPOLLOUT|syscall.EPOLLERR) != 0
	}
}
