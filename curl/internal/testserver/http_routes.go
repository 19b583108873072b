package testserver

import (
	"net/http"
	"strconv"
)

// routes is everything the server answers. N is a number; parameters in
// brackets are optional. A route marked G waits at the gate that ?gate=NAME
// names, see [HTTP.Gate].
func (s *HTTP) routes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"/{$}": text("hello\n"),

		"/bytes/{n}":      serveBytes,       // N patterned bytes; ranges, HEAD and a Last-Modified of [BytesTime]
		"/chunked/{n}":    serveChunked,     // the same without a length, flushed in pieces
		"/gzip/{n}":       serveGzip,        // the same, compressed
		"/close-mid-body": serveCloseMid,    // promises 1000 bytes, sends 500 and hangs up
		"/trailers":       serveTrailers,    // a body with the trailer X-Trailer
		"/early-hints":    serveEarlyHints,  // 103 with a Link, then 200
		"/echo":           serveEcho,        // the request as JSON, see [Echo]
		"/echo-body":      serveEchoBody,    // the request's body
		"/reply":          serveReply,       // [?status=N][&header=Name: value]...[&body=...]
		"/status/{n}":     serveStatus,      // that status
		"/headers":        serveHeaders,     // same-named, oddly cased, empty and non-UTF-8 headers
		"/cookies":        serveCookies,     // sets each ?name=value, shows those received
		"/redirect/{n}":   serveRedirect,    // N hops, [?code=302], then "arrived"
		"/redirect-body":  serveRedirectPut, // reads the body, then sends it on to /echo-body, [?code=307]
		"/basic":          serveBasic,       // Basic of [User] and [Password]
		"/digest":         s.digest.serve,   // Digest of the same, [?algorithm=SHA-256]
		"/expect":         serveExpect,      // 417 to Expect: 100-continue, body unread

		"/hang":        s.serveHang,    // G no answer at all before the gate
		"/slow":        s.serveSlow,    // G one byte, the gate, one byte
		"/trickle/{n}": s.serveTrickle, // G N patterned bytes, the gate before each; [?every=10ms] a clock instead
		"/upload":      s.serveUpload,  // counts the body; with [?stop=N] G waits after N bytes
	}
}

func (s *HTTP) handler(own http.Handler) http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range s.routes() {
		mux.HandleFunc(pattern, handle)
	}
	if own != nil {
		mux.Handle("/own/", own)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			panic(http.ErrAbortHandler)
		}
		defer s.running.Done()
		s.log.add(r)
		mux.ServeHTTP(w, r)
	})
}

// Gate returns the gate of that name, which is shut at first. Routes use the
// one named by the parameter gate, or the one with the empty name.
func (s *HTTP) Gate(name string) *Gate {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.gates[name]
	if g == nil {
		g = NewGate()
		s.gates[name] = g
	}
	return g
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, body) }
}

// write sends text. A client that has gone is none of a route's business.
func write(w http.ResponseWriter, body string) { _, _ = w.Write([]byte(body)) }

// size reads the {n} of a route and refuses the request when there is none.
func size(w http.ResponseWriter, r *http.Request) (int64, bool) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil || n < 0 {
		http.Error(w, "this route ends in a number, not "+strconv.Quote(r.PathValue("n")), http.StatusBadRequest)
		return 0, false
	}
	return n, true
}

// param reads a parameter from the URL, never from the body.
func param(r *http.Request, name string) string { return r.URL.Query().Get(name) }

// intParam reads a parameter that is a number.
func intParam(r *http.Request, name string, otherwise int) int {
	if n, err := strconv.Atoi(param(r, name)); err == nil {
		return n
	}
	return otherwise
}
