package testserver

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// emptyBacklog calls listen a second time, which sets a new backlog: 0, so that
// one connection fills the queue.
func emptyBacklog(l *net.TCPListener) error {
	raw, err := l.SyscallConn()
	if err != nil {
		return err
	}
	var listenErr error
	err = raw.Control(func(fd uintptr) { listenErr = syscall.Listen(int(fd), 0) })
	if err != nil {
		return err
	}
	return os.NewSyscallError("listen", listenErr)
}

// queued returns how many connections wait to be accepted from the IPv4
// listener on port. The kernel shows it as a listener's rx_queue.
func queued(port int) (int, error) {
	const listening = "0A"
	table, err := os.ReadFile("/proc/net/tcp")
	if err != nil {
		return 0, err
	}
	local := fmt.Sprintf("0100007F:%04X", port)
	for line := range strings.Lines(string(table)) {
		// sl local_address rem_address st tx_queue:rx_queue ...
		f := strings.Fields(line)
		if len(f) > 4 && f[1] == local && f[3] == listening {
			_, rx, _ := strings.Cut(f[4], ":")
			n, err := strconv.ParseInt(rx, 16, 64)
			return int(n), err
		}
	}
	return 0, fmt.Errorf("/proc/net/tcp has no listener on port %d", port)
}
