//go:build linux

package protocols

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// peer is a server that runs as one or more child processes. Its methods may be called from any goroutine.
type peer struct {
	t   *testing.T
	dir string // of its files, readable by all users

	running sync.WaitGroup

	mu      sync.Mutex
	procs   []*exec.Cmd
	sockets []*os.File // of the connections that inetd has given away
	logs    []*os.File // of the processes, which may be starting until running is done
	closed  bool
}

func newPeer(t *testing.T) *peer {
	t.Helper()
	dir, err := os.MkdirTemp("", "peer") // short: dovecot has sockets in it
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	p := &peer{t: t, dir: dir}
	t.Cleanup(func() {
		p.gone()
		p.running.Wait()
		for _, log := range p.logs {
			log.Close()
		}
		if t.Failed() {
			logs, _ := filepath.Glob(dir + "/*.log")
			for _, name := range logs {
				text, _ := os.ReadFile(name)
				t.Logf("%s:\n%.4000s", filepath.Base(name), text)
			}
		}
		os.RemoveAll(dir)
	})
	return p
}

// file writes a file of the server's and returns its path.
func (p *peer) file(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	mode := os.FileMode(0o644)
	if !strings.HasPrefix(name, "files/") {
		mode = 0o600 // keys, which their owners insist on
	}
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// command is a process of the peer's, in a group of its own.
func (p *peer) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = p.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// start starts it, unless the peer is gone.
func (p *peer) start(cmd *exec.Cmd, log *os.File) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return os.ErrClosed
	}
	if cmd.Stderr == nil {
		cmd.Stderr = log
	}
	if cmd.Stdout == nil {
		cmd.Stdout = log
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.procs = append(p.procs, cmd)
	p.running.Go(func() {
		_ = cmd.Wait() // how it ends is no news
		if s, ok := cmd.Stdin.(*os.File); ok {
			p.mu.Lock()
			defer p.mu.Unlock()
			s.Close() // or the connection would not end with the server
		}
	})
	return nil
}

func (p *peer) log(name string) *os.File {
	f, err := os.OpenFile(filepath.Join(p.dir, filepath.Base(name)+".log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.logs = append(p.logs, f)
	return f
}

// daemon starts a server that listens by itself, and waits until it does.
func (p *peer) daemon(address string, name string, args ...string) {
	p.t.Helper()
	if err := p.start(p.command(name, args...), p.log(name)); err != nil {
		p.t.Fatal(err)
	}
	p.answers(address)
}

// answers waits until somebody listens.
func (p *peer) answers(address string) {
	p.t.Helper()
	p.until("there is no server at "+address, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// until waits for what a child process does. Nothing tells when, so it is looked at again and again.
func (p *peer) until(otherwise string, holds func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-again.C:
		case <-ctx.Done():
			p.t.Fatal(otherwise)
		}
	}
}

// inetd has a program serve each connection on its standard input and output, and returns where.
func (p *peer) inetd(name string, args ...string) (address string) {
	return p.inetdAs(nil, name, args...)
}

// inetdAs is inetd for a program that will not run as root.
func (p *peer) inetdAs(who *syscall.Credential, name string, args ...string) (address string) {
	p.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	log := p.log(name)
	p.t.Cleanup(func() { l.Close() })
	p.running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			socket, err := c.(*net.TCPConn).File()
			c.Close()
			if err != nil {
				return
			}
			cmd := p.command(name, args...)
			cmd.SysProcAttr.Credential = who
			cmd.Stdin, cmd.Stdout = socket, socket
			err = p.start(cmd, log)
			p.mu.Lock()
			if err != nil {
				socket.Close()
				fmt.Fprintln(log, err)
			} else {
				p.sockets = append(p.sockets, socket)
			}
			p.mu.Unlock()
		}
	})
	return l.Addr().String()
}

// gone ends the server at once, in the middle of whatever it does.
func (p *peer) gone() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.tell(syscall.SIGKILL)
	for _, s := range p.sockets {
		if raw, err := s.SyscallConn(); err == nil { // else its server has ended
			_ = raw.Control(func(fd uintptr) { _ = syscall.Shutdown(int(fd), syscall.SHUT_RDWR) })
		}
	}
	p.procs, p.sockets = nil, nil
}

// silent stops the server, which keeps its connections and says nothing any more, until it goes on.
func (p *peer) silent() { p.signal(syscall.SIGSTOP) }

func (p *peer) goesOn() { p.signal(syscall.SIGCONT) }

func (p *peer) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(s)
}

// tell sends all processes a signal. The caller holds mu.
func (p *peer) tell(s syscall.Signal) {
	for _, cmd := range p.procs {
		_ = syscall.Kill(-cmd.Process.Pid, s) // its group; it may be gone already
	}
}

// freePort is one that nobody listens on, for a server that cannot be given a socket. It is below those that the system
// gives to connections, which would take it before the server does, and no other test of the process is given it.
func freePort(t *testing.T) int {
	t.Helper()
	const first, end = 10000, 32000
	for range 100 {
		port := first + rand.IntN(end-first)
		if _, taken := givenPorts.LoadOrStore(port, true); taken {
			continue
		}
		if l, err := strict.Listen(t.Context(), "tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

var givenPorts sync.Map

// strict listens as servers do that do not set SO_REUSEADDR, as Go does: not on a port that a connection has just had.
var strict = net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) (err error) {
	if failed := c.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 0) }); failed != nil {
		return failed
	}
	return err
}}
