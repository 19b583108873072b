package curl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The name of the option used to come twice, once from the error inside.
func TestOptionErrorsNameTheOptionOnce(t *testing.T) {
	for _, inside := range []error{
		&opt.ValueError{Option: opt.IDTimeout, Value: "-1ns", Reason: "it must not be negative"},
		&curl.UnsupportedError{What: "CURLOPT_TIMEOUT_MS", Need: "9.0.0", Running: "8.22.0"},
		&curl.OwnedError{Option: opt.IDTimeout, Owner: "curl.Easy"},
		&curl.ClassError{Option: opt.IDTimeout, Got: "string", Want: "long"},
		&curl.Error{Op: "set CURLOPT_TIMEOUT_MS", Code: codes.BadFunctionArgument},
	} {
		err := &curl.OptionError{Option: opt.IDTimeout, Err: inside}
		text := err.Error()
		if strings.Count(text, "CURLOPT_TIMEOUT_MS") != 1 || strings.Count(text, "curl: ") != 1 || !strings.HasPrefix(text, "curl: ") {
			t.Errorf("%T: %s", inside, text)
		}
		if !errors.Is(err, inside) {
			t.Errorf("%T is not found inside", inside)
		}
	}
}

// The string used to be shown, NUL and all, unless its option was one of the secret ones.
func TestErrorsAboutNULTellNoSecret(t *testing.T) {
	h, err := curl.New()
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("built without cgo: there is no handle to set options of")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for _, o := range []opt.Option{
		opt.URL("http://user:secret@a.test/\x00"),
		opt.Password("secret\x00"),
		opt.HTTPHeader([]string{"X: y", "Authorization: Bearer secret\x00"}),
		opt.RawString(opt.IDPassword, "secret\x00"),
	} {
		err := h.Set(o)
		var bad *opt.ValueError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), "with a NUL as byte") {
			t.Errorf("%v: got %v", o.ID(), err)
		} else if strings.ContainsAny(err.Error(), "\x00") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v: the error shows the string: %q", o.ID(), err)
		}
	}
}

// libcurl shows a proxy that it does not understand as it was set.
func TestErrorsAboutAProxyTellNoSecret(t *testing.T) {
	for _, proxy := range []string{"http://user:secret@127.0.0.1:x", "user:secret@127.0.0.1:x", "user:sec@ret@[::1:2", "nonsense://user:secret@host"} {
		h := easy(t)
		err := h.Set(opt.URL("http://127.0.0.1:1/"), opt.Proxy(proxy))
		if err == nil {
			err = h.Perform(t.Context())
		}
		if err == nil || strings.Contains(err.Error(), "sec") || strings.Contains(err.Error(), "ret@") {
			t.Errorf("%s: %v", proxy, err)
		}
	}
}
