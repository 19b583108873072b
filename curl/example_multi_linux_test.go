//go:build cgo

package curl_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"syscall"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The event loop of a program that has a poller of its own, here epoll. The two functions only take notes for it.
func ExampleMulti_SocketAction() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }))
	defer server.Close()
	epoll, err := syscall.EpollCreate1(0)
	if err != nil {
		log.Fatal(err)
	}
	defer syscall.Close(epoll)

	timeout := -1 // milliseconds until libcurl wants to be called; -1: never
	var m *curl.Multi
	m, err = curl.NewMulti(
		multiopt.TimerFunction(func(after time.Duration) error {
			timeout = int(after.Milliseconds())
			if after < 0 {
				timeout = -1
			}
			return nil
		}),
		multiopt.SocketFunction(func(s multiopt.Socket) error {
			fd := int(s.FD)
			if s.Interest == multiopt.PollRemove {
				_ = syscall.EpollCtl(epoll, syscall.EPOLL_CTL_DEL, fd, nil) // closed sockets have left by themselves
				return nil
			}
			ev := syscall.EpollEvent{Fd: int32(fd)}
			if s.Interest&multiopt.PollIn != 0 {
				ev.Events |= syscall.EPOLLIN
			}
			if s.Interest&multiopt.PollOut != 0 {
				ev.Events |= syscall.EPOLLOUT
			}
			if s.Value != nil { // what Assign has noted: the poller knows it
				return syscall.EpollCtl(epoll, syscall.EPOLL_CTL_MOD, fd, &ev)
			}
			if err := syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, fd, &ev); err != nil {
				return err
			}
			return m.Assign(s.FD, "in epoll")
		}),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	h, err := curl.New(opt.URL(server.URL), opt.WriteFunction(func(p []byte) error {
		fmt.Println(string(p))
		return nil
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := m.Add(h); err != nil {
		log.Fatal(err)
	}

	events := make([]syscall.EpollEvent, 16)
	for running := 1; running > 0; {
		n, err := syscall.EpollWait(epoll, events, timeout)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		if n == 0 {
			timeout = -1
			if running, err = m.SocketAction(curl.SocketTimeout, 0); err != nil {
				log.Fatal(err)
			}
		}
		for _, ev := range events[:n] {
			if running, err = m.SocketAction(uintptr(ev.Fd), 0); err != nil { // 0: libcurl looks what it is
				log.Fatal(err)
			}
		}
	}
	for msg := range m.Messages() {
		fmt.Println(msg.Err)
	}
	// Output:
	// hello
	// <nil>
}
