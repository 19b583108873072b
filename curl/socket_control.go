package curl

import (
	"errors"
	"syscall"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// SocketControl is opt.SockOptFunction for functions that were written for net.Dialer.Control: it is called for each socket
// before that is connected. The network is "tcp" and the address empty, as libcurl does not tell it here; of c there is
// Control only. nil is the default again.
//
// https://curl.se/libcurl/c/CURLOPT_SOCKOPTFUNCTION.html
func SocketControl(control func(network, address string, c syscall.RawConn) error) opt.Option {
	if control == nil {
		return opt.SockOptFunction(nil)
	}
	return opt.SockOptFunction(func(fd uintptr, _ opt.SocketPurpose) (bool, error) {
		return false, control("tcp", "", rawSocket(fd))
	})
}

// rawSocket is a socket of libcurl's, which is not in Go's poller.
type rawSocket uintptr

func (s rawSocket) Control(f func(fd uintptr)) error { f(uintptr(s)); return nil }

func (s rawSocket) Read(func(fd uintptr) bool) error { return errOnlyControl }

func (s rawSocket) Write(func(fd uintptr) bool) error { return errOnlyControl }

var errOnlyControl = errors.New("curl: the socket belongs to libcurl and is not connected yet; use Control")
