package testserver

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// Echo is the body of /echo, as JSON.
type Echo struct {
	Method string
	URI    string
	Proto  string
	Host   string
	Header http.Header
	Body   []byte // base64 in the JSON
}

func serveEcho(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the body did not come through: "+err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(Echo{r.Method, r.RequestURI, r.Proto, r.Host, r.Header, body})
}

// serveEchoBody reads all before it answers, since an HTTP/1 client need not
// read an answer while it still sends.
func serveEchoBody(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the body did not come through: "+err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(body)
}

func serveReply(w http.ResponseWriter, r *http.Request) {
	for _, line := range r.URL.Query()["header"] {
		name, value, _ := strings.Cut(line, ":")
		w.Header()[name] = append(w.Header()[name], strings.TrimSpace(value))
	}
	w.WriteHeader(intParam(r, "status", http.StatusOK))
	write(w, param(r, "body"))
}

// serveHeaders writes names as they stand, past Go's canonical form. HTTP/2
// sends them in lower case all the same.
func serveHeaders(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h["X-Same"] = []string{"one", "two", "three"}
	h["x-ODD-cAsE"] = []string{"kept"}
	h["X-Empty"] = []string{""}
	h["X-Latin-1"] = []string{"caf\xe9"}
	h["X-Colons"] = []string{"a:b: c"}
	write(w, "see the headers\n")
}

// serveCookies sets a cookie for each parameter. Its body lists the cookies
// received, one name=value per line in the order of the request.
func serveCookies(w http.ResponseWriter, r *http.Request) {
	for name, values := range r.URL.Query() {
		for _, value := range values {
			http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/"})
		}
	}
	for _, c := range r.Cookies() {
		write(w, c.Name+"="+c.Value+"\n")
	}
}
