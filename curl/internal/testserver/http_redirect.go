package testserver

import (
	"io"
	"net/http"
	"strconv"
)

func serveRedirect(w http.ResponseWriter, r *http.Request) {
	n, ok := size(w, r)
	if !ok {
		return
	}
	if n == 0 {
		write(w, "arrived\n")
		return
	}
	next := "/redirect/" + strconv.FormatInt(n-1, 10)
	if r.URL.RawQuery != "" {
		next += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, next, intParam(r, "code", http.StatusFound))
}

// serveRedirectPut takes the whole body before it sends the client elsewhere
// with it, so the client has to rewind its source.
func serveRedirectPut(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	http.Redirect(w, r, "/echo-body", intParam(r, "code", http.StatusTemporaryRedirect))
}

// serveExpect refuses a client that waits for 100-continue: Go's server sends
// the 100 only when a handler reads the body, which this one does not then.
func serveExpect(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Expect") != "" {
		w.WriteHeader(http.StatusExpectationFailed)
		return
	}
	serveEchoBody(w, r)
}
