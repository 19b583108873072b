package testserver

import (
	"net"
	"sync"
)

// SilentDNS is a name server that takes questions over UDP and answers none.
// It is for builds of libcurl with c-ares, which CURLOPT_DNS_SERVERS leads to
// it; for all others see [HangingResolver].
type SilentDNS struct {
	conn    net.PacketConn
	running sync.WaitGroup
	mu      sync.Mutex
	asked   tally
}

// NewSilentDNS starts a server that is closed when the test ends.
func NewSilentDNS(tb TB) *SilentDNS {
	tb.Helper()
	conn, err := net.ListenPacket("udp", loopback(false))
	if err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	s := &SilentDNS{conn: conn}
	s.running.Go(s.read)
	tb.Cleanup(s.Close)
	return s
}

func (s *SilentDNS) read() {
	var question [512]byte
	for {
		if _, _, err := s.conn.ReadFrom(question[:]); err != nil {
			return
		}
		s.mu.Lock()
		s.asked.add()
		s.mu.Unlock()
	}
}

// Addr returns the address of the server, as host:port.
func (s *SilentDNS) Addr() string { return s.conn.LocalAddr().String() }

// Asked returns a channel that is closed as soon as n questions have come.
func (s *SilentDNS) Asked(n int) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked.reached(n)
}

// Close ends the server.
func (s *SilentDNS) Close() {
	_ = s.conn.Close()
	s.running.Wait()
}
