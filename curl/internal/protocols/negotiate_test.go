package protocols

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Kerberos finds its configuration and its tickets through the environment of the process, so the client is a process
// of its own: this test again.
const ticketed = "GOCURL_TEST_TICKET_FOR"

func TestNegotiate(t *testing.T) {
	t.Parallel()
	if url := os.Getenv(ticketed); url != "" {
		h := handle(t, opt.URL(url), opt.HTTPAuth(opt.AuthNegotiate), opt.UserPassword(":"))
		body, err := h.Fetch(bounded(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("[%s]", strings.TrimSpace(string(body)))
		return
	}
	k := startKDC(t)
	keytab := k.service(t, "HTTP/localhost")
	url := startApache(t, []string{"auth_gssapi"}, append(k.environment, "KRB5_KTNAME="+keytab), "AuthType GSSAPI", "AuthName peer",
		"GssapiCredStore keytab:"+keytab, "GssapiAcceptorName HTTP@localhost", "GssapiUseSessions Off")
	as := func(t *testing.T, cache string) string {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNegotiate$", "-test.v")
		cmd.Env = append(append(os.Environ(), k.environment...), ticketed+"="+url, "KRB5CCNAME=FILE:"+cache)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	try(t, "Negotiate authentication", "Apache with MIT Kerberos", "login", func(t *testing.T) {
		if out := as(t, k.login(t, "user", "secret")); !strings.Contains(out, "[for those who are known]") {
			t.Errorf("with a ticket: %s", out)
		}
	})
	try(t, "Negotiate authentication", "Apache with MIT Kerberos", "no ticket", func(t *testing.T) {
		if out := as(t, t.TempDir()+"/none"); !strings.Contains(out, "401") {
			t.Errorf("without a ticket: %s", out)
		}
	})
}

// kdc is a Kerberos realm with a user.
type kdc struct {
	dir         string
	environment []string // of everyone in the realm
	kadmin      string
	kinit       string
}

func startKDC(t *testing.T) kdc {
	t.Helper()
	bin := need(t, "kdb5_util", "kadmin.local", "krb5kdc", "kinit")
	dir, number := openDir(t), freePorts(t, 1)[0]
	port := strconv.Itoa(number)
	conf := write(t, dir, "krb5.conf", "[libdefaults]", "default_realm = PEER.TEST", "rdns = false", "dns_canonicalize_hostname = false",
		"dns_lookup_kdc = false", "dns_lookup_realm = false", "[realms]", "PEER.TEST = {", "kdc = 127.0.0.1:"+port, "}",
		"[domain_realm]", "localhost = PEER.TEST")
	profile := write(t, dir, "kdc.conf", "[kdcdefaults]", "kdc_listen = 127.0.0.1:"+port, "kdc_tcp_listen = 127.0.0.1:"+port,
		"[realms]", "PEER.TEST = {", "database_name = "+dir+"/principal", "key_stash_file = "+dir+"/stash", "acl_file = "+dir+"/acl", "}",
		"[logging]", "kdc = STDERR")
	k := kdc{dir: dir, environment: []string{"KRB5_CONFIG=" + conf, "KRB5_KDC_PROFILE=" + profile}, kadmin: bin[1], kinit: bin[3]}
	run(t, k.command(bin[0], "create", "-s", "-P", "master", "-r", "PEER.TEST"))
	run(t, k.command(k.kadmin, "-q", "addprinc -pw secret user"))
	daemon(t, k.command(bin[2], "-n"), number)
	return k
}

func (k kdc) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), k.environment...)
	return cmd
}

// service makes a service known and returns the file with its key.
func (k kdc) service(t *testing.T, name string) string {
	t.Helper()
	keytab := k.dir + "/keytab"
	run(t, k.command(k.kadmin, "-q", "addprinc -randkey "+name))
	run(t, k.command(k.kadmin, "-q", "ktadd -k "+keytab+" "+name))
	if err := os.Chmod(keytab, 0o644); err != nil { // the server is somebody else
		t.Fatal(err)
	}
	return keytab
}

// login gets a user's ticket and returns the file that holds it.
func (k kdc) login(t *testing.T, user, password string) string {
	t.Helper()
	cache := t.TempDir() + "/tickets"
	cmd := k.command(k.kinit, "-c", "FILE:"+cache, user)
	cmd.Stdin = strings.NewReader(password + "\n")
	run(t, cmd)
	return cache
}
