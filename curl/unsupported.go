package curl

import (
	"errors"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/load"
)

// ErrUnsupported matches every *UnsupportedError with errors.Is, and the *OptionError about an option that the build of
// libcurl has left out; such errors also match errors.ErrUnsupported.
var ErrUnsupported = errors.New("not supported by the running libcurl")

// UnsupportedError says that the running libcurl is too old for an option, a value of it, an info or a function, or was built
// without it. Nothing was changed.
type UnsupportedError struct {
	What    string // its C name: "CURLOPT_ECH", "curl_ws_send", "CURLFOLLOW_OBEYCODE"; or words, where it has none
	Need    string // the first libcurl that has it, "8.8.0"; "" if the running one is new enough but was built without
	Running string // the version in use, "7.88.1"
}

func (e *UnsupportedError) Error() string {
	if e.Need == "" {
		return e.What + " is not built into the running libcurl " + e.Running
	}
	return e.What + " needs libcurl " + e.Need + ", running " + e.Running
}

// Is matches ErrUnsupported and errors.ErrUnsupported.
func (e *UnsupportedError) Is(target error) bool {
	return target == ErrUnsupported || target == errors.ErrUnsupported
}

// unsupported is the error about something that libcurl has since the given version. A libcurl that is new enough
// and lacks it all the same was built without it.
func unsupported(what string, since uint32) *UnsupportedError {
	running := load.Version(capi.VersionNum())
	e := &UnsupportedError{What: what, Running: running.String()}
	if running < load.Version(since) {
		e.Need = load.Version(since).String()
	}
	return e
}
