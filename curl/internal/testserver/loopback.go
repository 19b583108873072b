package testserver

import "net"

// loopback is the address to listen on, with a port of the system's choice.
func loopback(ipv6 bool) string {
	if ipv6 {
		return "[::1]:0"
	}
	return "127.0.0.1:0"
}

// portOf returns the port of a TCP or UDP address, 0 of any other.
func portOf(a net.Addr) int {
	switch a := a.(type) {
	case *net.TCPAddr:
		return a.Port
	case *net.UDPAddr:
		return a.Port
	}
	return 0
}
