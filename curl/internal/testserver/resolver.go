package testserver

import (
	"bufio"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
)

// A Resolver stands behind the getaddrinfo of a [HangingResolver]. It hears of
// each name under .hang.test that some thread asks for.
type Resolver struct {
	listener net.Listener
	running  sync.WaitGroup

	mu       sync.Mutex
	asked    tally
	names    []string
	stuck    []net.Conn
	released bool
}

// listenResolver waits for the preloaded getaddrinfo on a Unix socket.
func listenResolver(tb TB, path string) *Resolver {
	tb.Helper()
	_ = os.Remove(path) // of an earlier run of the same test
	listener, err := net.Listen("unix", path)
	if err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	r := &Resolver{listener: listener}
	r.running.Go(r.accept)
	tb.Cleanup(r.close)
	return r
}

func (r *Resolver) accept() {
	for {
		c, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.keep(c)
		r.running.Go(func() { r.hear(c) })
	}
}

// keep leaves the thread at the other end stuck until Release.
func (r *Resolver) keep(c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stuck = append(r.stuck, c)
	if r.released {
		r.letGo()
	}
}

// hear notes the one line that comes on a connection.
func (r *Resolver) hear(c net.Conn) {
	name, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, strings.TrimSuffix(name, "\n"))
	r.asked.add()
}

// Asked returns a channel that is closed as soon as n lookups have begun. As
// long as nothing is released, their threads are stuck. A transfer may begin
// more than one: libcurl 8.22 asks for IPv4 and IPv6 in two threads.
func (r *Resolver) Asked(n int) <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked.reached(n)
}

// Names returns the names asked for so far.
func (r *Resolver) Names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.names)
}

// Release ends the lookups that hang, with EAI_AGAIN, and has later ones end so
// at once.
func (r *Resolver) Release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.released = true
	r.letGo()
}

func (r *Resolver) letGo() {
	for _, c := range r.stuck {
		_ = c.Close()
	}
	r.stuck = nil
}

func (r *Resolver) close() {
	_ = r.listener.Close()
	r.Release()
	r.running.Wait()
}
