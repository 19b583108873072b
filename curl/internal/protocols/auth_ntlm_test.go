//go:build linux

package protocols

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// NTLM proves who one is to a connection, not with a request. What checks it is Samba's own helper, as it does for a
// proxy or a web server: it gets what came in a header and says what to answer.
func ntlmServer(t *testing.T) string {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Context().Value(helperKey{}).(*ntlmHelper).serve(w, r)
	}))
	s.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context {
		return context.WithValue(ctx, helperKey{}, newNTLMHelper(t))
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// ntlmLogin logs in once for the connection.
func ntlmLogin(t *testing.T) {
	h := handle(t, opt.URL(ntlmServer(t)), opt.HTTPAuth(opt.AuthNTLM), opt.UserPassword(user+":"+password))
	for range 2 {
		if body, err := h.Fetch(patient(t)); err != nil || string(body) != "welcome user" {
			t.Errorf("%q, %v", body, err)
		}
	}
	if n, err := curl.Info(h, info.NumConnects); err != nil || n != 0 {
		t.Errorf("%d connections for the second request, %v", n, err)
	}
}

func ntlmWrong(t *testing.T) {
	h := handle(t, opt.URL(ntlmServer(t)), opt.HTTPAuth(opt.AuthNTLM), opt.UserPassword(user+":guess"))
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	if status, err := curl.Info(h, info.ResponseCode); err != nil || status != 401 {
		t.Errorf("status %d, %v", status, err)
	}
}

type helperKey struct{}

// ntlmHelper is the helper of one connection, whose requests come one after the other.
type ntlmHelper struct {
	in    io.Writer
	out   *bufio.Reader
	known string // who is at the other end
}

func newNTLMHelper(t *testing.T) *ntlmHelper {
	cmd := exec.CommandContext(t.Context(), "ntlm_auth", "--helper-protocol=squid-2.5-ntlmssp", "--username="+user,
		"--password="+password, "--domain=PEER")
	in, err := cmd.StdinPipe()
	if err == nil {
		var out io.Reader
		if out, err = cmd.StdoutPipe(); err == nil {
			if err = cmd.Start(); err == nil {
				go func() { _ = cmd.Wait() }() // it ends when the connection's test does
				return &ntlmHelper{in: in, out: bufio.NewReader(out)}
			}
		}
	}
	t.Error(err)
	return &ntlmHelper{in: io.Discard, out: bufio.NewReader(strings.NewReader("BH\n"))}
}

func (n *ntlmHelper) serve(w http.ResponseWriter, r *http.Request) {
	if n.known != "" {
		fmt.Fprint(w, "welcome ", n.known)
		return
	}
	command, message := "YR", strings.TrimPrefix(r.Header.Get("Authorization"), "NTLM ")
	if strings.HasPrefix(message, "TlRMTVNTUAADAAAA") { // the third of the three messages
		command = "KK"
	}
	challenge := "NTLM"
	if message != "" {
		fmt.Fprintf(n.in, "%s %s\n", command, message)
		answer, err := n.out.ReadString('\n')
		verdict, rest, _ := strings.Cut(strings.TrimSpace(answer), " ")
		switch {
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		case verdict == "TT":
			challenge += " " + rest
		case verdict == "AF":
			n.known = strings.ToLower(rest[strings.LastIndexAny(rest, `\+/`)+1:])
			fmt.Fprint(w, "welcome ", n.known)
			return
		}
	}
	w.Header().Set("WWW-Authenticate", challenge)
	w.WriteHeader(http.StatusUnauthorized)
}
