package curl

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// tracedParts fetches something and returns the names in brackets with which lines of a part begin.
func tracedParts(t *testing.T) map[string]bool {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("x")) }))
	defer s.Close()
	parts := map[string]bool{}
	begins := regexp.MustCompile(`^(?:\[[0-9x]+-[0-9x]+\] )?\[([A-Z0-9/-]+)\]`)
	h, err := New(opt.URL(s.URL), opt.NoProxy("*"), opt.Verbose(true), opt.DebugFunction(func(kind opt.DebugKind, line []byte) {
		if m := begins.FindSubmatch(line); kind == opt.DebugText && m != nil {
			parts[string(m[1])] = true
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	return parts
}

// Trace is for the whole process, and reaches the debug function.
func TestTrace(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+os.Getenv("GOCURL_LIBRARY")) {
		return
	}
	err := Trace("all", "-write")
	if v, verr := Version(); verr != nil || !v.AtLeast(8, 3, 0) {
		var e *UnsupportedError
		if !errors.As(err, &e) || e.Need != "8.3.0" {
			t.Errorf("%v, want an UnsupportedError", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := Trace("tcp\x00all"); err == nil {
		t.Error("a NUL byte is accepted")
	}
	parts := tracedParts(t)
	if len(parts) < 2 || parts["WRITE"] {
		t.Errorf("lines of %v", parts)
	}
	if err := Trace("-all"); !errors.Is(err, ErrTraceTooLate) {
		t.Errorf("beside handles: %v", err)
	}
}

// Without it there are no such lines.
func TestNoTrace(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+os.Getenv("GOCURL_LIBRARY")) {
		return
	}
	if parts := tracedParts(t); len(parts) != 0 {
		t.Errorf("lines of %v", parts)
	}
}
