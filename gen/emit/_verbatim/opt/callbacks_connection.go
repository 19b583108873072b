package opt

import (
	"net"
	"net/netip"
	"syscall"
)

// SockOptFunc sees a socket between its creation and its connect (curl_sockopt_callback). It may set socket options on
// fd, and returns true when it has connected the socket itself. An error ends the connection attempt.
type SockOptFunc func(fd uintptr, purpose SocketPurpose) (alreadyConnected bool, err error)

// OpenSocketFunc opens the socket for a connection (curl_opensocket_callback) and returns it. The address may
// be changed: libcurl connects to what is in it afterwards. An error ends the transfer; the descriptor ^uintptr(0)
// refuses this address only, and libcurl goes on to the next one of the host.
type OpenSocketFunc func(purpose SocketPurpose, addr *SocketAddress) (fd uintptr, err error)

// CloseSocketFunc closes a socket that libcurl is done with (curl_closesocket_callback): one that was opened while the
// function was set, whatever has happened to the option since. Unlike all other callbacks it is called also after
// another one has failed, and when the handle is reset or closed.
type CloseSocketFunc func(fd uintptr) error

// SocketAddress is where a connection goes (struct curl_sockaddr): Addr for the internet, Path for a Unix domain
// socket. Raw is the address as the operating system defines it; it counts when neither of the others is set.
type SocketAddress struct {
	Family   int
	Type     int
	Protocol int
	Addr     netip.AddrPort
	Path     string
	Raw      []byte
}

// NetAddr is the address as package net has it: a *net.TCPAddr, *net.UDPAddr (QUIC, TFTP) or *net.UnixAddr; nil for a
// family that is none of these.
func (a *SocketAddress) NetAddr() net.Addr {
	switch {
	case a.Path != "":
		return &net.UnixAddr{Name: a.Path, Net: "unix"}
	case !a.Addr.IsValid():
		return nil
	case a.Type&0xf == syscall.SOCK_DGRAM: // beside it there may be flags
		return net.UDPAddrFromAddrPort(a.Addr)
	}
	return net.TCPAddrFromAddrPort(a.Addr)
}

// ResolverStartFunc is called before libcurl resolves a name (curl_resolver_start_callback). An error ends the
// transfer.
type ResolverStartFunc func() error

// PrereqFunc is called when the connection stands and the request is about to be sent (curl_prereq_callback).
// An error ends the transfer before anything of the request leaves.
type PrereqFunc func(c PrereqInfo) error

// PrereqInfo names the two ends of the connection that a request is about to use.
type PrereqInfo struct {
	RemoteIP, LocalIP     string
	RemotePort, LocalPort int
}

// Remote is the peer's end; the zero AddrPort for a Unix domain socket.
func (c PrereqInfo) Remote() netip.AddrPort { return addrPort(c.RemoteIP, c.RemotePort) }

// Local is this end; the zero AddrPort for a Unix domain socket.
func (c PrereqInfo) Local() netip.AddrPort { return addrPort(c.LocalIP, c.LocalPort) }

func addrPort(ip string, port int) netip.AddrPort {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(addr, uint16(port))
}
