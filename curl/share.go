package curl

import "runtime"

// Share is what several handles have in common: names they have resolved, TLS sessions, the public suffix list. Its
// members may run transfers at the same time, on as many goroutines as you like; what must not be shared in that way is
// of another type and goes into a ConfinedShare.
//
// Every method may be called from any goroutine at any time, also from inside callbacks. A Share must not be copied; the
// zero Share is a closed one. One that is dropped without Close lasts until its last member is gone.
//
// https://curl.se/libcurl/c/libcurl-share.html
type Share struct {
	_ noCopy
	s *share
}

// NewShare makes a share for the given kinds of data, which are the same for all its life. It loads libcurl when that has
// not happened yet.
//
// A kind that the running libcurl lacks is an *UnsupportedError; any other failure is the error of Load, a *KindError, or
// about memory.
//
// https://curl.se/libcurl/c/curl_share_init.html, https://curl.se/libcurl/c/CURLSHOPT_SHARE.html
func NewShare(kinds ...ConcurrentKind) (*Share, error) {
	all := make([]Kind, len(kinds))
	for i, k := range kinds {
		all[i] = k
	}
	s, err := newShare("NewShare", false, all)
	if err != nil {
		return nil, err
	}
	outer := &Share{s: s}
	s.dropWith(outer)
	return outer, nil
}

// Attach makes the handle a member: from its next transfer on it uses what the share holds in place of its own. Attaching
// a member again does nothing.
//
// The handle must be at rest and have no connection of its own to Send on; else the error is a *StateError, as it is for
// a closed share (ErrShareClosed) and for a member of another one (ErrAttached).
//
// Before libcurl 8.12.0, attaching a handle that has run a transfer to a share with TLS sessions begins with fresh
// connections, and infos about that transfer are lost: libcurl would leak the handle's own TLS sessions.
//
// https://curl.se/libcurl/c/CURLOPT_SHARE.html
func (s *Share) Attach(h *Easy) error {
	defer runtime.KeepAlive(s) // what is dropped is closed
	return s.inner().attach(h)
}

// Detach ends the handle's membership; its next transfer begins with caches of its own. It is refused like Attach, and
// with ErrNotAttached when the handle is no member. One that had shared cookies has none now; libcurl 7.74.0 and others also
// forget that cookies were on, until opt.CookieFile is set again.
func (s *Share) Detach(h *Easy) error {
	defer runtime.KeepAlive(s)
	return s.inner().detach(h)
}

// Close detaches all members and ends the share, or does nothing: while members are in use it is refused with an
// *InUseError, and all of them still share. A second Close changes nothing. Members that are closed leave by themselves.
//
// https://curl.se/libcurl/c/curl_share_cleanup.html
func (s *Share) Close() error { return s.inner().close() }

// Done is closed when the share is closed and libcurl's object is gone. That can be later than Close: libcurl before
// 7.87.0 can hold on to a transfer that was given up while it resolved a name.
func (s *Share) Done() <-chan struct{} { return s.inner().ended() }

func (s *Share) inner() *share {
	if s == nil || s.s == nil {
		return neverShared
	}
	return s.s
}
