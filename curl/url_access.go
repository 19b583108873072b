package curl

import (
	"errors"
	"iter"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Get returns a part as it stands in a URL, or as the flags say; PartURL is the whole.
//
// A part that is not there is a *URLError that matches ErrNoPart, one that cannot be given in that form another
// *URLError. What the running libcurl does not know is an *UnsupportedError.
//
// https://curl.se/libcurl/c/curl_url_get.html
func (u *URL) Get(part URLPart, flags ...URLFlag) (string, error) {
	return u.get("Get", part, flags)
}

func (u *URL) get(method string, part URLPart, flags []URLFlag) (string, error) {
	p := u.parsed()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.readable(method); err != nil {
		return "", err
	}
	all, err := urlArguments(part, flags)
	if err != nil {
		return "", err
	}
	text, n := p.c.Get(int(part), all)
	code := codes.URL(n)
	if code == codes.URLUnknownPart && part == PartZoneID { // before 7.81.0 this one has no code of its own
		code = codes.URLNoZoneID
	}
	if code != 0 {
		return "", &URLError{"get", part, code}
	}
	return text, nil
}

// Has says whether the URL has a part that is not empty. It has a path always, and is a whole when it has a host.
func (u *URL) Has(part URLPart) bool {
	text, err := u.Get(part)
	return err == nil && text != ""
}

// Set sets a part. The text is taken as it stands in a URL unless URLEncode is given: an error keeps the part as it was.
// Setting PartURL is Parse. Setting single parts can make a URL of which the whole cannot be parsed again.
//
// What libcurl does not accept is a *URLError, what it does not know an *UnsupportedError. While a transfer goes to
// the URL it is a *StateError with ErrBusy.
//
// https://curl.se/libcurl/c/curl_url_set.html
func (u *URL) Set(part URLPart, text string, flags ...URLFlag) error {
	return u.set("Set", part, text, flags)
}

func (u *URL) set(method string, part URLPart, text string, flags []URLFlag) error {
	p := u.parsed()
	return p.change(state.URLSet, method, func() error {
		all, err := urlArguments(part, flags)
		if err != nil {
			return err
		}
		if strings.IndexByte(text, 0) >= 0 { // C would see the part before it
			return &URLError{"set", part, codes.URLMalformedInput}
		}
		if code := p.c.Set(int(part), text, all); code != 0 {
			return &URLError{"set", part, codes.URL(code)}
		}
		return nil
	})
}

// Unset takes a part away, PartURL all of them.
func (u *URL) Unset(part URLPart) error {
	p := u.parsed()
	return p.change(state.URLSet, "Unset", func() error {
		if _, err := urlArguments(part, nil); err != nil {
			return err
		}
		code := p.c.Unset(int(part))
		if part == PartURL { // 7.74.0 does nothing for it
			for _, part := range written {
				p.c.Unset(int(part))
			}
		}
		if code != 0 {
			return &URLError{"unset", part, codes.URL(code)}
		}
		return nil
	})
}

// Parse replaces the URL. A relative one is taken from where the URL points now, as a redirect to it would be. An error
// leaves the URL as it was.
func (u *URL) Parse(text string, flags ...URLFlag) error {
	return u.set("Parse", PartURL, text, flags)
}

// Parts ranges over the parts that the URL has, PartURL excepted, in the order in which they are written. They are those at
// the time of the call. A part that cannot be given in the form that the flags ask for is left out; Get says why.
func (u *URL) Parts(flags ...URLFlag) iter.Seq2[URLPart, string] {
	type piece struct {
		part URLPart
		text string
	}
	var pieces []piece
	p := u.parsed()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, part := range written {
		all, err := urlArguments(part, flags)
		if err != nil || !p.c.Valid() {
			continue
		}
		if text, code := p.c.Get(int(part), all); code == 0 {
			pieces = append(pieces, piece{part, text})
		}
	}
	return func(yield func(URLPart, string) bool) {
		for _, p := range pieces {
			if !yield(p.part, p.text) {
				return
			}
		}
	}
}

// written is the order of the parts in a URL.
var written = [...]URLPart{
	PartScheme, PartUser, PartPassword, PartOptions, PartHost, PartZoneID, PartPort, PartPath, PartQuery, PartFragment,
}

// String is the whole URL, with its password; "" when it has too few parts for one.
func (u *URL) String() string {
	text, _ := u.Get(PartURL)
	return text
}

// urlArguments checks a part and flags and combines the flags.
func urlArguments(part URLPart, flags []URLFlag) (all uint, err error) {
	if part < PartURL || part > PartZoneID {
		return 0, &URLError{"use", part, codes.URLUnknownPart}
	}
	running := capi.VersionNum()
	if part == PartZoneID && running < zoneIDSince {
		return 0, unsupported("CURLUPART_ZONEID", zoneIDSince)
	}
	for _, f := range flags {
		all |= uint(f)
	}
	for _, f := range urlFlagSince {
		if all&uint(f.flag) != 0 && running < f.since {
			return 0, unsupported(f.name, f.since)
		}
	}
	if all >= uint(URLNoGuessScheme)<<1 {
		return 0, errURLFlag
	}
	return all, nil
}

var errURLFlag = errors.New("curl: a URLFlag that is none of the constants; combine those with |")
