package testserver

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
)

// SOCKSConfig says how a SOCKS5 proxy behaves. The zero value lets everything
// through.
type SOCKSConfig struct {
	Auth     bool  // ask for [User] and [Password]
	NoMethod bool  // accept none of the client's methods of authentication
	Reply    byte  // answer each request with this reply code of RFC 1928, 1 to 8
	Gate     *Gate // hold each request here before it is answered
}

// A SOCKS is a SOCKS5 proxy for CONNECT. Like [Proxy] it only ever goes to the
// asked port on loopback.
type SOCKS struct {
	*peer
	config  SOCKSConfig
	mu      sync.Mutex
	targets []string
}

// NewSOCKS starts a proxy that is closed when the test ends.
func NewSOCKS(tb TB, config SOCKSConfig) *SOCKS {
	tb.Helper()
	s := &SOCKS{config: config}
	s.peer = newPeer(tb, false, nil)
	s.start(func(_ int, c net.Conn) { _ = s.serve(c) })
	return s
}

// Targets returns the host:port of each request so far. The host is a name
// when the client left resolving to the proxy.
func (s *SOCKS) Targets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.targets)
}

// Numbers of RFC 1928 and RFC 1929.
const (
	socksVersion   = 5
	socksNoAuth    = 0
	socksPassword  = 2
	socksNoMethod  = 0xff
	socksNoHost    = 4
	socksNoCommand = 7
	socksNoAddress = 8
)

func (s *SOCKS) serve(c net.Conn) error {
	r := bufio.NewReader(c)
	if ok, err := s.authenticate(r, c); !ok {
		return err
	}
	command, target, err := readSOCKSRequest(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.targets = append(s.targets, target)
	s.mu.Unlock()
	if s.config.Gate != nil && s.config.Gate.Pass(s.ctx) != nil {
		return errClosed
	}
	reply := s.config.Reply
	switch {
	case target == "":
		reply = socksNoAddress
	case command != 1: // CONNECT
		reply = socksNoCommand
	}
	if reply != 0 {
		return answerSOCKS(c, reply)
	}
	far, err := s.dial(target)
	if err != nil {
		return answerSOCKS(c, socksNoHost)
	}
	if err := answerSOCKS(c, 0); err != nil {
		s.drop(far)
		return err
	}
	s.relay(c, r, far)
	return nil
}

// readSOCKSRequest returns an empty target for an address of unknown type.
func readSOCKSRequest(r io.Reader) (command byte, target string, err error) {
	var head [4]byte // version, command, reserved, address type
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, "", err
	}
	var host string
	switch head[3] {
	case 1:
		host, err = readAddress(r, net.IPv4len)
	case 3:
		host, err = readCounted(r)
	case 4:
		host, err = readAddress(r, net.IPv6len)
	default:
		return head[1], "", nil
	}
	if err != nil {
		return 0, "", err
	}
	var port [2]byte
	if _, err := io.ReadFull(r, port[:]); err != nil {
		return 0, "", err
	}
	return head[1], net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(port[:])))), nil
}

func readAddress(r io.Reader, length int) (string, error) {
	ip := make(net.IP, length)
	_, err := io.ReadFull(r, ip)
	return ip.String(), err
}

func answerSOCKS(c net.Conn, reply byte) error {
	_, err := c.Write([]byte{socksVersion, reply, 0, 1, 127, 0, 0, 1, 0, 0})
	return err
}
