package curl

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// ChooseTLS has Load take a libcurl with one of the named TLS libraries, and has that libcurl use it: the first name that
// it was built with. Without it a libcurl with several takes the one that the environment variable CURL_SSL_BACKEND
// names, or the one that its builder preferred.
//
//	err := curl.Load("", curl.ChooseTLS(curl.TLSOpenSSL, curl.TLSGnuTLS))
//
// Names are those of Version().TLS, in upper or lower case: the constants TLSOpenSSL and so on. OpenSSL, LibreSSL, BoringSSL and AWS-LC, which libcurl
// itself gives one name, are told apart. Where libcurl is looked for in several places, one that has none of the
// libraries is passed over for the next.
//
// The choice is made once, when libcurl is loaded. Before that AvailableTLS tells what there is to choose from. What
// cannot be had is a *TLSChoiceError.
//
// https://curl.se/libcurl/c/curl_global_sslset.html
func ChooseTLS(libraries ...string) LoadOption { return LoadOption{slices.Clone(libraries)} }

// AvailableTLS lists the TLS libraries of the libcurl that Load would take for the same path, without loading it for good
// and with nothing said about threads and locks. The one that it would use by itself is not always the first.
func AvailableTLS(path string) (list []TLSLibrary, err error) {
	if looked := false; loader.Path() == "" {
		err = loader.LoadIf(path, func() error {
			if !looked {
				list, looked = parseTLSIn(capi.Library{}.VersionText()), true
			}
			return errJustLooking
		})
		if errors.Is(err, errJustLooking) {
			return list, nil
		}
	}
	if err == nil {
		err = loader.Load(path)
	}
	if err != nil {
		return nil, err
	}
	return slices.Clone(tlsLibraries), nil
}

var errJustLooking = errors.New("only asked for its TLS libraries")

// TLSChoiceError says that libcurl does not use any of the TLS libraries that were Wanted, and cannot.
type TLSChoiceError struct {
	Wanted    []string
	Available []TLSLibrary // those that this libcurl was built with
	InUse     string       // the one it uses, when it is too late to choose; else ""
}

// What a *TLSChoiceError is, for errors.Is.
var (
	ErrTLSAbsent  = errors.New("libcurl was built without this TLS library")
	ErrTLSTooLate = errors.New("libcurl uses another TLS library already")
)

func (e *TLSChoiceError) Error() string {
	names := func(list []string) string { return strings.Join(list, " or ") }
	if e.InUse != "" {
		return fmt.Sprintf("wanted %s, but libcurl uses %s already: choose with curl.Load before anything else of its package",
			names(e.Wanted), e.InUse)
	}
	if len(e.Available) == 0 {
		return fmt.Sprintf("wanted %s, but this libcurl was built without any TLS library: load another one", names(e.Wanted))
	}
	var have []string
	for _, lib := range e.Available {
		have = append(have, lib.Name)
	}
	return fmt.Sprintf("wanted %s, but this libcurl was built with %s: choose that, or load another one", names(e.Wanted), names(have))
}

// Is matches ErrTLSTooLate when it is too late, or else ErrTLSAbsent.
func (e *TLSChoiceError) Is(target error) bool {
	if e.InUse != "" {
		return target == ErrTLSTooLate
	}
	return target == ErrTLSAbsent
}

// tlsWish names the wanted libraries, best first.
type tlsWish []string

// tlsChooser is a libcurl that is open and not initialised yet.
type tlsChooser interface {
	VersionText() string
	TLSList() []capi.TLSBackend
	TLSSet(id int) int
}

// find returns the first library that is wanted and there.
func (w tlsWish) find(libs []TLSLibrary) (TLSLibrary, bool) {
	for _, name := range w {
		for _, lib := range libs {
			if strings.EqualFold(lib.Name, name) {
				return lib, true
			}
		}
	}
	return TLSLibrary{}, false
}

// choose has libcurl use it.
func (w tlsWish) choose(from tlsChooser) error {
	libs := inUseFirst(parseTLSIn(from.VersionText()), 0, from.TLSList())
	lib, ok := w.find(libs)
	if !ok {
		return &TLSChoiceError{Wanted: w, Available: libs}
	}
	switch code := from.TLSSet(int(lib.Backend)); code {
	case 0:
		return nil
	case sslsetTooLate: // somebody else in this process has initialised the same libcurl
		return &TLSChoiceError{Wanted: w, Available: libs, InUse: "what somebody else in this process chose"}
	default:
		return fmt.Errorf("curl_global_sslset answered %d when it was asked for %s", code, lib.Name)
	}
}

const sslsetTooLate = 2

// satisfied judges the libraries of a libcurl that is in use, the one that it uses first.
func (w tlsWish) satisfied(libs []TLSLibrary) error {
	if len(libs) > 0 {
		if _, ok := w.find(libs[:1]); ok {
			return nil
		}
		if _, ok := w.find(libs); ok {
			return &TLSChoiceError{Wanted: w, Available: slices.Clone(libs), InUse: libs[0].Name}
		}
	}
	return &TLSChoiceError{Wanted: w, Available: slices.Clone(libs)}
}
