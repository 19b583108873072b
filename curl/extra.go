package curl

import (
	"fmt"
	"math"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Some libcurls have functions and options that libcurl does not have, such as builds that take on the TLS and HTTP/2
// habits of a browser. They are loaded by path as any other, and what they have more is reached through here.

// Call calls a function that the running libcurl has beyond those of libcurl itself, with the handle as its first
// argument, and returns its result, which for most is a codes.Easy:
//
//	code, err := h.Call("curl_easy_impersonate", "chrome116", true)
//
// The arguments are up to four strings, whole numbers and bools; a string lives until the call returns. The function
// must be declared so in C: int f(CURL *, ...up to four int, long or char pointers), not variadic, and must not keep
// the pointers or end the handle. There is no way to check that.
//
// The state table has the verdicts of Set for it. A function of libcurl itself is refused with a *CallError: those have
// forms of their own. One that this libcurl lacks is an *UnsupportedError.
func (e *Easy) Call(function string, args ...any) (result int, err error) {
	f, values, err := extraCall(function, args)
	if err != nil {
		return 0, err
	}
	lock, err := e.handle().acquire(state.Set)
	if err != nil {
		return 0, named(err, "Call")
	}
	e.h.tainted = true // nobody knows what a reset takes back
	err = e.h.calls(e, func() { result = e.h.cell.CallExtra(f, values) })
	e.release(lock)
	return result, reraise(err)
}

// CallError says why a call of a function by its name was refused. Nothing was called.
type CallError struct {
	Function string
	Reason   string
}

func (e *CallError) Error() string { return "curl: call " + e.Function + ": " + e.Reason }

func extraCall(function string, args []any) (f uintptr, values []capi.ExtraArg, err error) {
	if err := loader.Ensure(); err != nil {
		return 0, nil, err
	}
	refuse := func(format string, a ...any) error { return &CallError{function, fmt.Sprintf(format, a...)} }
	switch {
	case capi.FunctionNamed(function):
		return 0, nil, refuse("this function of libcurl has a form of its own, which COVERAGE.md names")
	case function == "" || strings.ContainsRune(function, 0):
		return 0, nil, refuse("%q is no name of a function", function)
	case len(args) > capi.MaxExtraArgs:
		return 0, nil, refuse("%d arguments, at most %d can be passed", len(args), capi.MaxExtraArgs)
	}
	for i, arg := range args {
		v, ok := extraArg(arg)
		if !ok {
			return 0, nil, refuse("argument %d is %T(%v): pass strings without NUL, whole numbers of C's int or long, or bools", i+1, arg, arg)
		}
		values = append(values, v)
	}
	if f = capi.ExtraFunction(function); f == 0 {
		return 0, nil, unsupported(function, 0)
	}
	return f, values, nil
}

func extraArg(arg any) (v capi.ExtraArg, ok bool) {
	switch a := arg.(type) {
	case string:
		return capi.ExtraArg{IsText: true, Text: a}, !strings.ContainsRune(a, 0)
	case bool:
		if a {
			v.Number = 1
		}
		return v, true
	case int:
		return capi.ExtraArg{Number: a}, true
	case int32:
		return capi.ExtraArg{Number: int(a)}, true
	case uint32:
		return capi.ExtraArg{Number: int(a)}, a <= math.MaxInt32
	case int64:
		return capi.ExtraArg{Number: int(a)}, int64(int(a)) == a
	}
	return v, false
}

// OptionNamed returns the number of an option, for opt.RawLong and the other raw forms, by its C name with or without
// CURLOPT_. Beside the options of package opt it finds those that only the running libcurl knows, in libcurl's own table
// of options, which there is since 7.73.0. class says what it takes: "long", "off_t", "string", "list" or "blob". A name that
// neither knows is ErrNoOption.
//
// https://curl.se/libcurl/c/curl_easy_option_by_name.html
func OptionNamed(name string) (id opt.ID, class string, err error) {
	if err := loader.Ensure(); err != nil {
		return 0, "", err
	}
	if m, ok := opt.ByName(name); ok {
		return m.ID, m.Class.String(), nil
	}
	if short := strings.TrimPrefix(name, "CURLOPT_"); !strings.ContainsRune(short, 0) {
		if n := capi.OptionNamed(short); n != 0 {
			return opt.ID(n), capi.OptionClass(n), nil
		}
	}
	return 0, "", fmt.Errorf("curl: option %q: %w", name, ErrNoOption)
}
