//go:build unix

package protocols

import (
	"net"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// inetd has a program serve each connection on its standard input and output, and returns where. As who it is run may be
// nil: as the test. cut ends the connections that there are, and the program.
func inetd(t *testing.T, who *syscall.Credential, name string, args ...string) (at string, cut func()) {
	t.Helper()
	l, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	log := &output{}
	var mu sync.Mutex
	var sockets []*os.File // guarded by mu
	var running sync.WaitGroup
	serve := func(c *net.TCPConn) {
		socket, err := c.File()
		c.Close()
		if err != nil {
			return
		}
		defer socket.Close() // or the connection would not end with the program
		mu.Lock()
		sockets = append(sockets, socket)
		mu.Unlock()
		cmd := exec.Command(name, args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = socket, socket, log
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
		_ = cmd.Run() // how a client leaves is its own business
	}
	running.Go(func() {
		for c, err := l.Accept(); err == nil; c, err = l.Accept() {
			running.Go(func() { serve(c.(*net.TCPConn)) })
		}
	})
	cut = func() {
		mu.Lock()
		defer mu.Unlock()
		for _, s := range sockets {
			if raw, err := s.SyscallConn(); err == nil { // else its server has ended
				_ = raw.Control(func(fd uintptr) { _ = syscall.Shutdown(int(fd), syscall.SHUT_RDWR) })
			}
		}
	}
	t.Cleanup(func() {
		l.Close()
		cut()
		running.Wait()
		if t.Failed() {
			t.Logf("%s says:\n%.4000s", name, log)
		}
	})
	return l.Addr().String(), cut
}

// nobody is a user without rights.
var nobody = &syscall.Credential{Uid: 65534, Gid: 65534}
