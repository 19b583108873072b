//go:build linux

package protocols

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// kerberosSite is a realm with a user, and a web server that asks for tickets of it. What clients and servers have to know
// is in their environment, which a process that runs other tests beside must not change: clients are processes of their own.
func kerberosSite(t *testing.T) (s *site, env []string) {
	kdc := newPeer(t)
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	env = []string{
		"KRB5_CONFIG=" + kdc.file("krb5.conf", fmt.Sprintf("[libdefaults]\ndefault_realm = T.TEST\ndns_lookup_kdc = false\ndns_lookup_realm = false\n"+
			"rdns = false\ndns_canonicalize_hostname = false\n[realms]\nT.TEST = {\n kdc = %s\n}\n[domain_realm]\nlocalhost = T.TEST\n", address)),
		"KRB5_KDC_PROFILE=" + kdc.file("kdc.conf", fmt.Sprintf("[kdcdefaults]\nkdc_listen = %[2]s\nkdc_tcp_listen = %[2]s\n[realms]\nT.TEST = {\n"+
			" database_name = %[1]s/principal\n key_stash_file = %[1]s/stash\n acl_file = %[1]s/acl\n}\n", kdc.dir, address)),
		"KRB5CCNAME=FILE:" + kdc.dir + "/tickets",
		"KRB5RCACHETYPE=none",
	}
	run := func(input, name string, args ...string) {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Env, cmd.Stdin = append(os.Environ(), env...), strings.NewReader(input)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
	}
	run("", "/usr/sbin/kdb5_util", "create", "-s", "-P", "master", "-r", "T.TEST")
	run("", "/usr/sbin/kadmin.local", "-q", "addprinc -pw "+password+" "+user)
	run("", "/usr/sbin/kadmin.local", "-q", "addprinc -randkey HTTP/localhost")
	keys := kdc.dir + "/keys"
	run("", "/usr/sbin/kadmin.local", "-q", "ktadd -k "+keys+" HTTP/localhost")
	for _, name := range []string{keys, kdc.dir + "/krb5.conf"} {
		if err := os.Chmod(name, 0o644); err != nil { // for the web server's children, who are nobody's
			t.Fatal(err)
		}
	}
	cmd := kdc.command("/usr/sbin/krb5kdc", "-n", "-P", kdc.dir+"/pid")
	cmd.Env = append(os.Environ(), env...)
	if err := kdc.start(cmd, kdc.log("krb5kdc")); err != nil {
		t.Fatal(err)
	}
	kdc.answers(address)
	run(password+"\n", "/usr/bin/kinit", user)
	s = apacheSite(t, env, "<Location /negotiate>", "AuthType GSSAPI", "AuthName test", "GssapiCredStore keytab:"+keys, "Require valid-user", "</Location>")
	return s, env
}

const negotiateURL = "GOCURL_TEST_NEGOTIATE_URL"

// asClient runs TestNegotiateClient in a process with the environment, and returns what it says.
func asClient(t *testing.T, s *site, env []string) string {
	t.Helper()
	url := strings.Replace(s.url("negotiate"), "127.0.0.1", "localhost", 1)
	cmd := exec.CommandContext(patient(t), os.Args[0], "-test.run=^TestNegotiateClient$", "-test.v")
	cmd.Env = append(append(os.Environ(), env...), negotiateURL+"="+url)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// TestNegotiateClient is what asClient runs.
func TestNegotiateClient(t *testing.T) {
	url := os.Getenv(negotiateURL)
	if url == "" {
		return
	}
	body, err := handle(t, opt.URL(url), opt.HTTPAuth(opt.AuthNegotiate), opt.UserPassword(":")).Fetch(patient(t))
	t.Logf("answer: %q, %v", body, err)
}

func negotiate(t *testing.T) {
	s, env := kerberosSite(t)
	if out := asClient(t, s, env); !strings.Contains(out, `answer: "hello over negotiate", <nil>`) {
		t.Errorf("%s", out)
	}
}

func withoutTicket(t *testing.T) {
	s, env := kerberosSite(t)
	if out := asClient(t, s, append(env, "KRB5CCNAME=FILE:"+s.dir+"/none")); !strings.Contains(out, "answer: ") || strings.Contains(out, "hello over") {
		t.Errorf("%s", out)
	}
}
