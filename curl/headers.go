package curl

import (
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Origin says where header fields came from; origins are combined with |.
type Origin uint

// The origins; the numbers are libcurl's.
const (
	FromHeader  Origin = 1 << iota // the response itself
	FromTrailer                    // after its body
	FromConnect                    // the proxy's answer to CONNECT
	FromInterim                    // a 1xx response
	FromPseudo                     // HTTP/2 and HTTP/3 pseudo headers
)

// Header is one header field of a response.
type Header struct {
	Name  string
	Value string
	Index int // this is the Index-th, from 0, ...
	Count int // ... of Count fields with this name
}

// Headers returns the header fields of the last response, in the order they came. It may be called from anywhere, also
// while the transfer runs. libcurl has them since 7.83.0; on an older one it is an *UnsupportedError, and
// opt.HeaderFunction the way to see them.
//
// https://curl.se/libcurl/c/curl_easy_nextheader.html
func (e *Easy) Headers(from Origin) ([]Header, error) { return e.HeadersOf(-1, from) }

// HeadersOf is Headers for one request of the series that a transfer made with redirects and authentication: 0 is the
// first, -1 the last.
func (e *Easy) HeadersOf(request int, from Origin) ([]Header, error) {
	if !capi.Has(capi.FuncEasyNextHeader) {
		return nil, unsupported("curl_easy_nextheader", 0x075300)
	}
	lock, err := e.handle().acquire(state.Headers)
	if err != nil {
		return nil, err
	}
	found := e.h.cell.Headers(uint(from), request)
	lock.Unlock()
	list := make([]Header, len(found))
	for i, f := range found {
		// For an empty value 7.88.1 gives the rest of the line end.
		list[i] = Header{f.Name, strings.TrimSuffix(f.Value, "\r"), f.Index, f.Amount}
	}
	return list, nil
}
