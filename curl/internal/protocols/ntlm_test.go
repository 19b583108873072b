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

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// NTLM proves who one is to a connection, not with a request. What checks it is Samba's own helper, as it does for a
// proxy or a web server: it gets what came in a header and says what to answer.
func TestNTLM(t *testing.T) {
	t.Parallel()
	bin := need(t, "ntlm_auth")
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Context().Value(helperKey{}).(*ntlmHelper).serve(w, r)
	}))
	s.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context {
		return context.WithValue(ctx, helperKey{}, newNTLMHelper(t, bin[0]))
	}
	s.Start()
	t.Cleanup(s.Close)
	login(t, "NTLM authentication", "Samba ntlm_auth", s.URL, "welcome user", []opt.Option{opt.UserPassword("user:wrong")},
		opt.HTTPAuth(opt.AuthNTLM), opt.UserPassword("user:secret"))
}

type helperKey struct{}

// ntlmHelper is the helper of one connection, whose requests come one after the other.
type ntlmHelper struct {
	in    io.Writer
	out   *bufio.Reader
	known string // who is at the other end
}

func newNTLMHelper(t *testing.T, program string) *ntlmHelper {
	cmd := exec.CommandContext(t.Context(), program, "--helper-protocol=squid-2.5-ntlmssp", "--username=user",
		"--password=secret", "--domain=PEER")
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
