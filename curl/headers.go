package curl

import (
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
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

	FromAnywhere = FromHeader | FromTrailer | FromConnect | FromInterim | FromPseudo
)

// valid says that there can be fields from o, and of nothing else: libcurl would leave them out without a word.
func (o Origin) valid() bool { return o != 0 && o&^FromAnywhere == 0 }

var originNames = [...]string{"header", "trailer", "connect", "interim", "pseudo"}

// String names the origins, with | between them: "header|trailer".
func (o Origin) String() string {
	var names []string
	for i, name := range originNames {
		if o&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if rest := o &^ FromAnywhere; rest != 0 || o == 0 {
		names = append(names, "Origin("+strconv.FormatUint(uint64(rest), 10)+")")
	}
	return strings.Join(names, "|")
}

// Header is one header field of a response.
type Header struct {
	Name   string // as the server wrote it
	Value  string
	Index  int    // this is the Index-th, from 0, ...
	Count  int    // ... of Count fields with this name, in that response and of the origins asked for
	Origin Origin // one of the constants
}

// Headers returns the header fields of the last response, in the order they came. It may be called from anywhere, also
// while the transfer runs. libcurl has them since 7.83.0; on an older one it is an *UnsupportedError, and
// opt.HeaderFunction the way to see them. Other origins than the constants, and none, are codes.HeaderBadArgument.
//
// https://curl.se/libcurl/c/curl_easy_nextheader.html
func (e *Easy) Headers(from Origin) (Headers, error) {
	return e.headersOf("Headers", -1, from)
}

// HeadersOf is Headers for one request of the series that a transfer made with redirects and authentication: 0 is the
// first, -1 the last. A request that was not made has no fields.
func (e *Easy) HeadersOf(request int, from Origin) (Headers, error) {
	return e.headersOf("HeadersOf", request, from)
}

func (e *Easy) headersOf(method string, request int, from Origin) (list Headers, err error) {
	err = e.headers(method, from, func(c capi.Cell) (code int) {
		list = headersOf(c, request, from)
		if list == nil {
			_, code = c.Requests() // which says when there is nothing of this at all
		}
		return code
	})
	return list, err
}

// EachHeader ranges over the header fields of all requests that the transfer has made so far, redirects and rounds of
// authentication one after the other, each with the number of its request. They are those at the time of the call. Its
// errors are those of Headers.
func (e *Easy) EachHeader(from Origin) (iter.Seq2[int, Header], error) {
	var requests []Headers
	err := e.headers("EachHeader", from, func(c capi.Cell) int {
		n, code := c.Requests()
		for request := range n {
			requests = append(requests, headersOf(c, request, from))
		}
		return code
	})
	if err != nil {
		return nil, err
	}
	return func(yield func(int, Header) bool) {
		for request, list := range requests {
			for _, f := range list {
				if !yield(request, f) {
					return
				}
			}
		}
	}, nil
}

// Header returns the first header field of that name in the last response, in any case of letters. A name that is not there is a
// *HeaderError.
//
// https://curl.se/libcurl/c/curl_easy_header.html
func (e *Easy) Header(name string, from Origin) (Header, error) {
	return e.headerOf("Header", -1, name, 0, from)
}

// HeaderOf returns the index-th header field of that name, from 0, in one request of the series, as HeadersOf counts them. What
// is not there is a *HeaderError whose Code says how far there was something; the other errors are those of Headers.
func (e *Easy) HeaderOf(request int, name string, index int, from Origin) (Header, error) {
	return e.headerOf("HeaderOf", request, name, index, from)
}

func (e *Easy) headerOf(method string, request int, name string, index int, from Origin) (f Header, err error) {
	if index < 0 || request < -1 || !from.valid() || strings.IndexByte(name, 0) >= 0 {
		return f, &HeaderError{Name: name, Index: index, Request: request, Code: codes.HeaderBadArgument}
	}
	err = e.headers(method, from, func(c capi.Cell) int {
		found, code := c.Header(name, index, uint(from), cRequest(request))
		if code == 0 {
			f = headerOf(found)
		}
		return code
	})
	if code, ok := err.(codes.Header); ok {
		err = &HeaderError{Name: name, Index: index, Request: request, Code: code}
	}
	return f, err
}

// headers asks the table and runs f under the lock. What f returns becomes an error.
func (e *Easy) headers(method string, from Origin, f func(c capi.Cell) (code int)) error {
	if !capi.Has(capi.FuncEasyNextHeader) {
		return unsupported("curl_easy_nextheader", capi.FuncEasyNextHeader.Since())
	}
	lock, err := e.handle().acquire(state.Headers)
	if err != nil {
		return named(err, method)
	}
	if !from.valid() {
		lock.Unlock()
		return fmt.Errorf("curl: %s: there are no fields from %v; combine the constants with |: %w", method, from, codes.HeaderBadArgument)
	}
	code := codes.Header(f(e.h.cell))
	lock.Unlock()
	switch code {
	case codes.HeaderOK:
		return nil
	case codes.HeaderNotBuiltIn:
		return unsupported("curl_easy_nextheader", capi.FuncEasyNextHeader.Since())
	}
	return code
}

// cRequest is the number of a request as a C int. Beyond that there is none, and what is cut off would leave another one's.
func cRequest(request int) int { return max(math.MinInt32, min(request, math.MaxInt32)) }

func headersOf(c capi.Cell, request int, from Origin) (list Headers) {
	for _, f := range c.Headers(uint(from), cRequest(request)) {
		list = append(list, headerOf(f))
	}
	return list
}

func headerOf(f capi.Header) Header {
	// Above the origin libcurl has a mark of its own. For an empty value 7.88.1 gives the rest of the line end.
	return Header{f.Name, strings.TrimSuffix(f.Value, "\r"), f.Index, f.Amount, Origin(f.Origin) & FromAnywhere}
}

// HeaderError says that there is no such header field. errors.Is finds the Code: codes.HeaderMissing without any of that
// name, codes.HeaderBadIndex with fewer, codes.HeaderNoRequest and codes.HeaderNoHeaders before that.
type HeaderError struct {
	Name    string
	Index   int
	Request int
	Code    codes.Header
}

func (e *HeaderError) Error() string {
	return fmt.Sprintf("curl: header field %q (index %d, request %d): %v", e.Name, e.Index, e.Request, e.Code)
}

// Unwrap returns the code.
func (e *HeaderError) Unwrap() error { return e.Code }
