package curl_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// secureFTP speaks FTP with TLS, but for one of its handshakes: "AUTH" for that of the connection for commands, "RETR" for
// that of the one for data. It comes to the gate instead, and ends when that is opened.
func secureFTP(t *testing.T, hangs string, gate *testserver.Gate) (url string) {
	a, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := a.Issue("ftp", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	data, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	s := testserver.NewScript(t, testserver.Script{testserver.Do("FTP", func(c *testserver.ScriptConn) error {
		in, out := c.Reader, io.Writer(c)
		say := func(line string) { fmt.Fprint(out, line, "\r\n") }
		say("220 hello")
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return nil // the client has gone
			}
			verb, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch verb {
			case "AUTH":
				say("234 go on")
				if hangs == verb {
					return gate.Pass(c.Context())
				}
				secure := tls.Server(c.Conn, &tls.Config{Certificates: []tls.Certificate{cert}})
				in, out = bufio.NewReader(secure), secure
			case "USER":
				say("331 and the password?")
			case "PWD":
				say(`257 "/"`)
			case "EPSV":
				say(fmt.Sprintf("229 here (|||%d|)", data.Addr().(*net.TCPAddr).Port))
			case "SIZE":
				say("213 1000")
			case "RETR":
				say("150 it comes")
				defer data.Close()
				return gate.Pass(c.Context())
			default:
				say("200 yes")
			}
		}
	})})
	return "ftp://" + s.Addr() + "/file"
}

// TestStoppedInATLSHandshakeOfFTP: libcurl does them inside one call, out of which it comes when the server goes.
func TestStoppedInATLSHandshakeOfFTP(t *testing.T) {
	if !speaks(t, "ftps") {
		return
	}
	if tls := version(t).TLS; len(tls) > 0 && tls[0].Locks == curl.TLSLocksAround {
		t.Skip("all transfers wait for such a handshake with a TLS library that takes one thread at a time")
	}
	late := opt.Timeout(0)
	if usesTLS(t, "wolfSSL") { // one of the quirks: nothing but a timeout has it notice
		late = opt.Timeout(2 * time.Second)
	}
	for _, hangs := range []string{"AUTH", "RETR"} {
		for _, s := range stops {
			t.Run(hangs+" "+s.name, func(t *testing.T) {
				t.Parallel()
				good := testserver.NewHTTP(t, testserver.HTTPConfig{})
				gate := testserver.NewGate()
				t.Cleanup(gate.Open)
				h := handleWith(t, opt.URL(secureFTP(t, hangs, gate)), opt.NoProxy("*"), opt.UseSSL(opt.UseSSLAll),
					opt.SSLVerifyPeer(false), opt.UserAgent("still here"), late)
				stopPerform(t, h, phase{reached: gate.Arrived(1)}, s)
				if !s.closes {
					worksStill(t, h, good)
				}
				h.Close()
				gate.Open()
				await(t, "the end of the C handle", h.Done())
			})
		}
	}
}
