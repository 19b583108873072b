package curl

import (
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// MultiError is a failure that libcurl reported about a Multi itself. errors.Is finds the code, and the error of a
// callback of the Multi.
type MultiError struct {
	Op    string      // what was being done: "Perform", "set CURLMOPT_MAXCONNECTS"
	Code  codes.Multi // libcurl's result
	Cause error       // why, when it was not libcurl's own doing; else nil
}

func (e *MultiError) Error() string {
	if e.Cause != nil {
		return "curl: multi: " + e.Op + ": " + e.Cause.Error() + " (" + e.Code.String() + ")"
	}
	return "curl: multi: " + e.Op + ": " + e.Code.Error()
}

// Unwrap returns the code and the cause, if there is one.
func (e *MultiError) Unwrap() []error {
	if e.Cause != nil {
		return []error{e.Code, e.Cause}
	}
	return []error{e.Code}
}

func multiError(op string, code int) error {
	if code == 0 {
		return nil
	}
	return &MultiError{Op: op, Code: codes.Multi(code)}
}
