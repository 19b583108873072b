package curl

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"syscall"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Error is a failure that libcurl reported, or a transfer that was ended early.
//
// errors.Is finds the Code (a codes.Easy), the cause (a callback's own error, the context's error, ErrClosed), and the
// operating system's error number where libcurl knows one.
type Error struct {
	Op     string     // what was being done: "perform", "set CURLOPT_URL"
	Code   codes.Easy // libcurl's result
	Detail string     // libcurl's text about this very call, "" when it gave none
	Cause  error      // why, when it was not libcurl's own doing; else nil

	Errno syscall.Errno // of the operating system, where libcurl knows one; else 0

	// URL is what a transfer was about, of several the last, without user, password, query and fragment, so that it can be
	// logged; "" when there was none yet.
	URL string

	cut    bool // the body ended too early
	called bool // Cause is what a callback has returned
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("curl: " + e.Op)
	if e.URL != "" {
		b.WriteString(" " + strconv.Quote(e.URL))
	}
	b.WriteString(": ")
	if e.Cause != nil {
		b.WriteString(e.Cause.Error() + " (" + e.Code.String() + ")")
		return b.String()
	}
	b.WriteString(e.code())
	if e.Detail != "" {
		b.WriteString(" [" + e.Detail + "]")
	}
	return b.String()
}

// code is the code with its text, which is about transfers.
func (e *Error) code() string {
	if e.Code == codes.UnsupportedProtocol && strings.HasPrefix(e.Op, "set ") {
		return e.Code.String() + ": this libcurl has no such protocol, or no such version of it, as the value names"
	}
	return e.Code.Error()
}

// Timeout says whether time ran out: an option's limit or the context's deadline.
func (e *Error) Timeout() bool {
	return e.Code == codes.OperationTimedOut || errors.Is(e.Cause, context.DeadlineExceeded)
}

// Temporary is for net.Error, which is in every Error: what Timeout says.
func (e *Error) Temporary() bool { return e.Timeout() }

// Is says that io.ErrUnexpectedEOF is in the error of a body that was cut short.
func (e *Error) Is(target error) bool {
	return target == io.ErrUnexpectedEOF && (e.cut || e.Code == codes.PartialFile)
}

// Unwrap returns the code, the cause and the error number, those there are.
func (e *Error) Unwrap() []error {
	errs := []error{e.Code}
	if e.Cause != nil {
		errs = append(errs, e.Cause)
	}
	if e.Errno != 0 {
		errs = append(errs, e.Errno)
	}
	return errs
}

// OptionError says which option of a batch was refused. Before Applied is true nothing of the batch was changed; when
// libcurl itself refuses an option, those before it stay set.
type OptionError struct {
	Index   int    // place of the option in the batch
	Option  opt.ID // which one
	Applied bool   // libcurl refused it, after the options before it were set
	Err     error  // *opt.ValueError, *UnsupportedError, *OwnedError, *ClassError or *Error
}

func (e *OptionError) Error() string {
	text := e.Err.Error()
	switch e.Err.(type) {
	case *Error: // begins like this one
		return text
	case *OwnedError, *ClassError: // the others name the option themselves
		text = e.Option.String() + ": " + text
	}
	return "curl: " + text
}

// Unwrap returns why.
func (e *OptionError) Unwrap() error { return e.Err }

// Is says that an option which libcurl has since an older release, but which its build has left out, is ErrUnsupported, too.
func (e *OptionError) Is(target error) bool {
	if why, ok := e.Err.(*Error); ok && (why.Code == codes.UnknownOption || why.Code == codes.NotBuiltIn) {
		return target == ErrUnsupported || target == errors.ErrUnsupported
	}
	return false
}

// OwnedError refuses a raw option that the runtime owns: the typed form keeps memory and callbacks right.
type OwnedError struct {
	Option opt.ID
	Owner  string // what to use instead
}

func (e *OwnedError) Error() string {
	if strings.HasPrefix(e.Owner, "curl.") {
		return "always set by " + e.Owner + " itself"
	}
	return "set by the runtime itself; use " + e.Owner
}

// ClassError refuses a raw option whose argument type is not the one libcurl takes, or cannot be found out.
type ClassError struct {
	Option    opt.ID
	Got, Want string // "long", "string"; Want is "" when neither gocurl nor the running libcurl knows the option
}

func (e *ClassError) Error() string {
	if e.Want == "" {
		return "neither gocurl nor the running libcurl knows it (its table of options came with 7.73.0), so its argument type cannot be checked"
	}
	return "takes a " + e.Want + ", not a " + e.Got
}
