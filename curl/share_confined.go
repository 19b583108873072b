package curl

import "runtime"

// ConfinedShare is what several handles have in common, cookies, connections and HSTS entries included, which libcurl
// does not support between threads. So its members run on one driver: their transfers overlap, and only one of them at a
// time is inside libcurl.
//
// As on an Engine, callbacks for data, headers, progress and log lines run on the goroutine that called Perform and hold up
// nobody else, and a callback of one member may run another member. Those that have to answer while libcurl waits (TLS
// context, sockets, seek, prereq, SSH keys, trailers and the like) hold up all members while they run, and cannot run
// another one (ErrInCallback). What libcurl itself waits in does, too: files, TELNET, LDAP, RTMP, the TLS handshakes of FTP,
// the goodbyes of FTP, SSH and mail, and a name resolver that cannot be interrupted (before libcurl 7.87.0, or without
// FeatureAsynchDNS), through which not even the end of a context gets. Connect-only transfers are refused (ErrConfined).
//
// A socket of the shared connections is closed through the CloseSocketFunction of the handle that opened it while that handle
// has a transfer on the share, else directly.
//
// Every method may be called from any goroutine at any time, also from inside callbacks. A ConfinedShare must not be
// copied; the zero one is closed. One that is dropped without Close lasts until its last member is gone.
//
// https://curl.se/libcurl/c/libcurl-share.html
type ConfinedShare struct {
	_ noCopy
	s *share
}

// NewConfinedShare makes a share for the given kinds of data, which are the same for all its life. Its errors are those
// of NewShare.
func NewConfinedShare(kinds ...Kind) (*ConfinedShare, error) {
	s, err := newShare("NewConfinedShare", true, kinds)
	if err != nil {
		return nil, err
	}
	outer := &ConfinedShare{s: s}
	s.dropWith(outer)
	return outer, nil
}

// Attach makes the handle a member, as Share.Attach does.
func (s *ConfinedShare) Attach(h *Easy) error {
	defer runtime.KeepAlive(s)
	return s.inner().attach(h)
}

// Detach ends the handle's membership, as Share.Detach does.
func (s *ConfinedShare) Detach(h *Easy) error {
	defer runtime.KeepAlive(s)
	return s.inner().detach(h)
}

// Close detaches all members and ends the share, or does nothing, as Share.Close does.
func (s *ConfinedShare) Close() error { return s.inner().close() }

// Done is closed when the share is closed and libcurl's object is gone.
func (s *ConfinedShare) Done() <-chan struct{} { return s.inner().ended() }

func (s *ConfinedShare) inner() *share {
	if s == nil || s.s == nil {
		return neverShared
	}
	return s.s
}
