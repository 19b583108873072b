package curl

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// TLSSession is a TLS session that shortens the next handshake with the same server: a ticket that the server gave.
//
// Data is a secret: who has it can resume the session. To keep a session, keep Data, and either Key or Hash; the rest is for
// choosing among them.
type TLSSession struct {
	Key  string // host, port and TLS settings in plain text; "" when it was imported by its hash
	Hash []byte // a salt, and a hash of it and the Key: does not show which server this is
	Data []byte // the session

	ValidUntil   time.Time
	Version      uint16 // crypto/tls's number: tls.VersionTLS13
	ALPN         string // "h2", or "" when none was agreed on
	MaxEarlyData int64  // bytes of a request that the server takes along with the handshake; 0: none
}

// String shows when and how the session can be used, and no secret.
func (s TLSSession) String() string {
	return fmt.Sprintf("TLS session, version %#04x, ALPN %q, valid until %s", s.Version, s.ALPN, s.ValidUntil.Format(time.RFC3339))
}

// GoString is String: %#v must not print a secret either.
func (s TLSSession) GoString() string { return s.String() }

// ErrSharedSessions: in a share without ShareTLSSessions that is confined, or joined to an Engine, a handle's TLS sessions are
// with what drives its transfers, out of reach.
var ErrSharedSessions = errors.New("the handle's share does not hold its TLS sessions, and it has no driver of its own that would; " +
	"use one that holds curl.ShareTLSSessions, or Detach it")

// ExportTLSSessions returns the TLS sessions that the handle would use: its own, or those of the Engine or share that it is
// attached to. Those with a client certificate stay where they are.
//
// It needs libcurl 8.12.0, built with FeatureSSLSExport (curl itself calls that experimental), and OpenSSL, GnuTLS, wolfSSL or
// mbedTLS; else it is an *UnsupportedError. It is refused like Upkeep, and with ErrSharedSessions in some shares.
//
// https://curl.se/libcurl/c/curl_easy_ssls_export.html
func (e *Easy) ExportTLSSessions() (list []TLSSession, err error) {
	err = e.sessions("ExportTLSSessions", "export TLS sessions", false, func(c capi.Cell) int {
		found, code := c.Sessions()
		for _, s := range found {
			list = append(list, TLSSession{
				Key: s.Key, Hash: s.Hash, Data: s.Data, ValidUntil: time.Unix(s.ValidUntil, 0).UTC(), Version: uint16(s.TLS), ALPN: s.ALPN,
				MaxEarlyData: int64(s.Early),
			})
		}
		return code
	})
	return list, err
}

// ImportTLSSessions gives the handle, or its share, TLS sessions that were exported before, in this process or another with
// the same libcurl and TLS library. Each needs its Data, and Key or Hash. Expired ones are dropped.
//
// One that libcurl cannot read is an *Error; those before it are in. The other errors are those of ExportTLSSessions.
//
// https://curl.se/libcurl/c/curl_easy_ssls_import.html
func (e *Easy) ImportTLSSessions(list ...TLSSession) error {
	return e.sessions("ImportTLSSessions", "import TLS sessions", true, func(c capi.Cell) int {
		for _, s := range list {
			if code := c.Import(capi.Session{Key: s.Key, Hash: s.Hash, Data: s.Data}); code != 0 {
				return code
			}
		}
		return 0
	})
}

// sessions runs f with the cell where its sessions can be reached: those of its own are in the multi handle of its driver.
func (e *Easy) sessions(method, op string, makes bool, f func(c capi.Cell) (code int)) error {
	h := e.handle()
	lock, err := h.acquire(state.Sessions)
	if err != nil {
		return named(err, method)
	}
	code, text := 0, ""
	shared := h.share.has(ShareTLSSessions)
	switch {
	case !slices.Contains(capi.Running().FeatureNames, string(FeatureSSLSExport)): // the function alone says no more than NotBuiltIn
		code = int(codes.NotBuiltIn)
	case shared:
		err = h.calls(e, func() { code = f(h.cell) })
	case h.group != nil:
		err = ErrSharedSessions
	case h.own == nil && !makes: // so it has none
	default:
		if h.own == nil {
			if err = h.makeDriver(op); err != nil {
				break
			}
		}
		h.tainted, h.ownSessions = true, true
		err = h.calls(e, func() {
			d := h.own.C()
			added := !h.cell.Attached() && d.Add(h.cell) == 0
			code = f(h.cell)
			if added {
				d.Remove(h.cell)
			}
		})
	}
	text = h.text()
	e.release(lock)
	switch {
	case err != nil:
		return reraise(err)
	case code == int(codes.NotBuiltIn):
		return unsupported(capi.FuncEasySSLSExport.String(), capi.FuncEasySSLSExport.Since())
	case code != 0:
		return &Error{Op: op, Code: codes.Easy(code), Detail: text}
	}
	return nil
}
