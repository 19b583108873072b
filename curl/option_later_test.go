package curl_test

//lint:file-ignore SA1019 deprecated options have to work as well

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl took constants that came after it, and followed redirects in the usual way, spoke to a proxy without TLS or left
// certificates unchecked that were to be.
func TestConstantsNewerThanLibcurlAreRefused(t *testing.T) {
	h := newHandle(t)
	tried := map[opt.ID]bool{}
	for _, o := range []opt.Option{
		opt.AllowedProtocolBits(opt.ProtocolMQTT), opt.AllowedProtocolBits(opt.ProtocolAll), opt.AllowedProtocolBits(opt.ProtocolHTTP | opt.ProtocolGophers),
		opt.ConnectOnly(opt.ConnectOnlyOff), opt.ConnectOnly(opt.ConnectOnlyTransport), opt.ConnectOnly(opt.ConnectOnlyWebSocket),
		opt.FollowLocation(true), opt.FollowLocationMode(opt.FollowNone), opt.FollowLocationMode(opt.FollowAll),
		opt.FollowLocationMode(opt.FollowObeyCode), opt.FollowLocationMode(opt.FollowFirstOnly),
		opt.HTTPAuth(opt.AuthAny), opt.HTTPAuth(opt.AuthAny &^ opt.AuthNTLM), opt.HTTPAuth(opt.AuthAWSSigV4), opt.HTTPAuth(opt.AuthHTTPSig | opt.AuthBasic),
		opt.HTTPAuth(opt.AuthHTTPSig), opt.HTTPAuth(opt.AuthHTTPSig | opt.AuthAWSSigV4),
		opt.HTTPVersion(opt.HTTPVer1_1), opt.HTTPVersion(opt.HTTPVer3), opt.HTTPVersion(opt.HTTPVer3Only),
		opt.ProxyAuth(opt.AuthAWSSigV4), opt.SOCKS5Auth(opt.AuthAWSSigV4),
		opt.ProxySSLOptions(opt.SSLEarlyData), opt.ProxyType(opt.ProxyHTTP), opt.ProxyType(opt.ProxyHTTPS2), opt.ProxyType(opt.ProxyHTTPS3),
		opt.RedirectProtocolBits(opt.ProtocolGophers),
		opt.SSLOptions(opt.SSLNoRevoke), opt.SSLOptions(opt.SSLNoPartialChain), opt.SSLOptions(opt.SSLRevokeBestEffort), opt.SSLOptions(opt.SSLNativeCA),
		opt.SSLOptions(opt.SSLNoRevoke | opt.SSLAutoClientCert), opt.SSLOptions(opt.SSLEarlyData),
		opt.WSOptions(opt.WSRawMode), opt.WSOptions(opt.WSRawMode | opt.WSNoAutoPong),
	} {
		tried[o.ID()] = true
		m, _ := opt.Lookup(o.ID())
		if m.Since > version(t).Num {
			continue // the option itself is refused
		}
		err := h.Set(o)
		checkLater(t, o.ID().String(), m.Later, o.Spec().Int, err)
		if o.ID() == opt.IDFollowLocation && o.Spec().Int < 2 && err != nil {
			t.Errorf("FollowAll is what every libcurl has: %v", err)
		}
	}
	for m := range opt.All() {
		if m.Later != nil && !tried[m.ID] {
			t.Errorf("%s has constants newer than itself, and is not tried here", m.Name)
		}
	}
	// Who gives a number has looked at the libcurl that is there, which may be a changed one.
	if err := h.Set(opt.RawLong(opt.IDFollowLocation, 3)); err != nil {
		t.Errorf("a raw number: %v", err)
	}
}

func TestMultiConstantsNewerThanLibcurlAreRefused(t *testing.T) {
	m, _ := multiopt.Lookup(multiopt.IDNetworkChanged)
	if olderThan(t, m.Since) {
		return
	}
	multi, err := curl.NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	defer multi.Close()
	for _, v := range []multiopt.NetworkChange{multiopt.ClearDNS, multiopt.ClearAll, multiopt.ClearAll | multiopt.ClearDNS} {
		checkLater(t, m.Name, m.Later, int64(v), multi.Set(multiopt.NetworkChanged(v)))
	}
}

func checkLater(t *testing.T, name string, later []opt.Later, n int64, err error) {
	t.Helper()
	c, lacks := opt.Lacks(later, version(t).Num, n)
	var old *curl.UnsupportedError
	switch refused := errors.As(err, &old); {
	case refused != lacks:
		t.Errorf("%s %d: %v; newer than this libcurl: %v", name, n, err, lacks)
	case refused && (old.What != c.Name || old.Need == ""):
		t.Errorf("%s %d: %v does not name %s, or not the release", name, n, err, c.Name)
	}
}

// What the build has left out was codes.UnknownOption alone.
func TestOptionsLeftOutOfTheBuildAreUnsupported(t *testing.T) {
	h := newHandle(t)
	err := h.Set(opt.RawLong(opt.IDVerbose, 0), opt.WSOptions(opt.WSRawMode))
	if left := errors.Is(err, codes.UnknownOption) || errors.Is(err, codes.NotBuiltIn); left && !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("%v is not ErrUnsupported", err)
	}
	if errors.Is(&curl.OptionError{Err: &curl.Error{Code: codes.BadFunctionArgument}}, errors.ErrUnsupported) {
		t.Error("a bad argument is ErrUnsupported")
	}
}
