package flavour

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// http3Server starts the program of folder h3, which GOCURL_H3_SERVER names.
func http3Server(t *testing.T) (url string, ca opt.Option) {
	t.Helper()
	program := os.Getenv("GOCURL_H3_SERVER")
	if program == "" {
		t.Skip("no HTTP/3 server: build the one in folder h3 and name it in GOCURL_H3_SERVER")
	}
	authority, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	issued, err := authority.Issue("h3", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cert, key, err := testserver.EncodeCertificate(issued)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, testserver.WriteFile(t, "h3.pem", cert), testserver.WriteFile(t, "h3.key", key))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stdin.Close(); _ = cmd.Wait() })
	addr, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "https://" + strings.TrimSpace(addr) + "/", opt.CAInfo(testserver.WriteFile(t, "h3-ca.pem", authority.PEM()))
}

func TestHTTP3(t *testing.T) {
	if !version(t).Features.Has(curl.FeatureHTTP3) {
		lacks(t, "HTTP/3")
	}
	url, ca := http3Server(t)
	var all sync.WaitGroup
	for range 4 {
		h := handle(t, opt.URL(url), ca, opt.CAPath(t.TempDir()), opt.NoProxy("*"), opt.HTTPVersion(opt.HTTPVer3Only))
		all.Go(func() {
			for range 5 {
				body, err := h.Fetch(bounded(t))
				if err != nil || string(body) != "hello\n" {
					t.Errorf("%q, %v", body, err)
					return
				}
				if got, err := curl.Info(h, info.HTTPVersion); err != nil || got != info.HTTPUsed3 {
					t.Errorf("%v, %v", got, err)
				}
				if err := h.Set(opt.FreshConnect(true)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
