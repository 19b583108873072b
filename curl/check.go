package curl

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// plan is what checking a batch found out about it.
type plan struct {
	op    state.Op // Set, or SetLive when libcurl re-reads every option of the batch
	calls bool     // one of them may enter a callback
	keeps bool     // one of them leaves something in the C handle that outlives a reset
	older bool     // one of them is replaced by an older option
}

// check finds everything about a batch that can be known before the first option is applied.
func check(options []opt.Option) (plan, error) {
	p, live := plan{op: state.SetLive}, true
	for i := range options {
		id, _, _, number := options[i].Number()
		r := ruleOf(id)
		live = live && r.live
		if r.plain {
			if number {
				continue
			}
			if text, ok := options[i].Text(); ok && strings.IndexByte(text, 0) < 0 {
				continue
			}
		}
		s := options[i].Spec()
		var err error
		switch {
		case s.Raw:
			err = checkRaw(s)
		case !r.known:
			err = errZeroOption
		case r.missing:
			m, _ := opt.Lookup(s.ID)
			err = unsupported(m.Name, m.Since)
		}
		if err == nil && r.later && !s.Raw {
			m, _ := opt.Lookup(s.ID)
			err = checkLater(laterOf(m), s.Int)
		}
		if err == nil {
			err = checkValue(&s)
		}
		if err == nil && s.ID == opt.IDSSLContextFunction && s.Any != nil {
			err = checkSSLContext()
		}
		if err == nil && s.Any != nil && isClientBlob(s.ID) {
			err = checkClientBlob(s.ID)
		}
		if err != nil {
			return p, &OptionError{Index: i, Option: s.ID, Err: err}
		}
		anything := r.calls || !r.known // what only the running libcurl knows can do anything
		p.keeps = p.keeps || anything
		p.calls = p.calls || anything || s.ID == opt.IDVerbose || s.ID == opt.IDDebugFunction
		p.older = p.older || r.fallback != 0
	}
	if !live {
		p.op = state.Set
	}
	return p, nil
}

var errZeroOption = errors.New("this is no option: options are made by the functions of package opt")

func checkValue(s *opt.Spec) error {
	switch s.Class {
	case opt.ClassString:
		if strings.IndexByte(s.Str, 0) >= 0 {
			return nulError(s.ID, s.Str)
		}
		if s.Str == "-" && (s.ID == opt.IDCookieFile || s.ID == opt.IDCookieJar) {
			return &opt.ValueError{Option: s.ID, Value: `"-"`, Reason: "means C's standard input or output, which gocurl never uses; name a file"}
		}
		if breaksLine(s.Str) && isOneLine(s.ID) {
			return lineError(s.ID)
		}
	case opt.ClassLong, opt.ClassOff:
		if s.Any == nil {
			return nil
		}
	}
	switch v := s.Any.(type) {
	case *opt.ValueError:
		return v
	case []string:
		if i := slices.IndexFunc(v, func(line string) bool { return strings.IndexByte(line, 0) >= 0 }); i >= 0 {
			return nulError(s.ID, v[i])
		}
		if slices.ContainsFunc(v, breaksLine) && isOneLine(s.ID) {
			return lineError(s.ID)
		}
	}
	return nil
}

// checkLater refuses constants that are newer than the running libcurl. It would not: a new way to follow redirects is the
// usual one to it, and new bits are none.
func checkLater(constants []opt.Later, n int64) error {
	if c, lacks := opt.Lacks(constants, capi.VersionNum(), n); lacks {
		return unsupported(c.Name, c.Since)
	}
	return nil
}

// laterOf has the constants that came after the option. CURLAUTH_ONLY is older than it, but requires a login of SOCKS since
// 8.23.0 alone: most older ones refuse it, 7.88.1 and others cut it off and go through a proxy that asks for none.
func laterOf(m opt.Meta) []opt.Later {
	if m.ID != opt.IDSOCKS5Auth {
		return m.Later
	}
	return append(slices.Clip(m.Later), opt.Later{Name: "CURLAUTH_ONLY", Value: int64(opt.AuthOnly), Since: 0x081700, Kind: opt.LaterBit})
}

// isOneLine says that the text, or each of a list, is a line of a request or in one.
func isOneLine(id opt.ID) bool {
	switch id {
	case opt.IDMailFrom, opt.IDMailAuth, opt.IDMailRecipients, opt.IDCustomRequest, opt.IDRange, opt.IDRequestTarget,
		opt.IDRTSPSessionID, opt.IDRTSPStreamURI, opt.IDRTSPTransport, opt.IDHAProxyClientIP, opt.IDFTPAccount, opt.IDFTPAlternativeToUser,
		opt.IDHTTPHeader, opt.IDProxyHeader, opt.IDUserAgent, opt.IDReferer, opt.IDCookie, opt.IDAcceptEncoding, opt.IDXOAuth2Bearer:
		return true
	}
	return false
}

func breaksLine(s string) bool { return strings.ContainsAny(s, "\r\n") }

// lineError: libcurl sends them as they are; mail addresses alone it refuses since 8.22.0.
func lineError(id opt.ID) error {
	return &opt.ValueError{Option: id, Value: "with a line break", Reason: "what follows it would be another header, or another command"}
}

// nulError does not show the string: URLs and header lines hold credentials too.
func nulError(id opt.ID, s string) error {
	return &opt.ValueError{
		Option: id,
		Value:  fmt.Sprintf("with a NUL as byte %d of %d", strings.IndexByte(s, 0)+1, len(s)),
		Reason: "a string for libcurl cannot contain one",
	}
}

// checkRaw checks an option made by number: the class that the caller claims against our table, else against the
// option table of the running libcurl; and that the runtime does not own it.
func checkRaw(s opt.Spec) error {
	if m, ok := opt.Lookup(s.ID); ok {
		switch {
		case m.Owner != "":
			return &OwnedError{s.ID, m.Owner}
		case m.Class == opt.ClassFunction, m.Class == opt.ClassBytes, m.Class == opt.ClassObject, m.Class == opt.ClassData:
			return &OwnedError{s.ID, "opt." + m.Go}
		case m.Class != s.Class:
			return &ClassError{s.ID, s.Class.String(), m.Class.String()}
		case ruleOf(s.ID).missing:
			return unsupported(m.Name, m.Since)
		}
		return nil
	}
	want := capi.OptionClass(int32(s.ID))
	switch {
	case want == "":
		return &ClassError{s.ID, s.Class.String(), ""}
	case want == "function", want == "object":
		return &OwnedError{s.ID, "a gocurl generated from this libcurl: nothing else can keep its memory alive"}
	case want != s.Class.String():
		return &ClassError{s.ID, s.Class.String(), want}
	}
	return nil
}
