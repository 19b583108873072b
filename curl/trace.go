package curl

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Trace has libcurl say more, or less, about some of its parts: "http/2", "ssl", "tcp", "dns", "multi", "ws", or groups of
// them such as "all", "network", "protocol" and "proxy". A minus in front silences a part: Trace("all", "-timer"). What is said
// goes where opt.Verbose sends it: to opt.DebugFunction, or to slog. libcurl ignores names that it does not know.
//
// It holds for the whole process, and libcurl reads it without a lock: so it comes before the first handle, and
// afterwards is ErrTraceTooLate. It needs libcurl 8.3.0; on an older one, or one without verbose output, it is an
// *UnsupportedError.
//
// https://curl.se/libcurl/c/curl_global_trace.html
func Trace(parts ...string) error {
	if err := loader.Ensure(); err != nil {
		return err
	}
	if !capi.Has(capi.FuncGlobalTrace) {
		return unsupported(capi.FuncGlobalTrace.String(), capi.FuncGlobalTrace.Since())
	}
	text := strings.Join(parts, ",")
	if strings.IndexByte(text, 0) >= 0 {
		return errTraceNUL
	}
	tracing.mu.Lock()
	defer tracing.mu.Unlock()
	if tracing.begun.Load() {
		return ErrTraceTooLate
	}
	switch code := codes.Easy(capi.GlobalTrace(text)); code {
	case codes.OK:
		return nil
	case codes.NotBuiltIn:
		return unsupported(capi.FuncGlobalTrace.String(), capi.FuncGlobalTrace.Since())
	default:
		return &Error{Op: "trace", Code: code}
	}
}

// ErrTraceTooLate: Trace was called after a handle was made.
var ErrTraceTooLate = errors.New("curl: Trace: there are handles already, which may be reading what it changes; call it before the first one is made")

var errTraceNUL = errors.New("curl: Trace: a name with a NUL byte")

// tracing says whether there has been a handle.
var tracing struct {
	mu    sync.Mutex // held over the change, and while begun becomes true
	begun atomic.Bool
}

// endTracing comes before the first handle of any kind is made.
func endTracing() {
	if tracing.begun.Load() {
		return
	}
	tracing.mu.Lock()
	defer tracing.mu.Unlock()
	tracing.begun.Store(true)
}
