//go:build linux

package protocols

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func ldapRows() []row {
	ldap := func(what, scheme string) row {
		m := maker(func(t *testing.T) *site { return slapdSite(t, scheme) })
		return row{what, []string{scheme}, "OpenLDAP's slapd", []string{"/usr/sbin/slapd", "/usr/sbin/slapadd"}, false, []try{
			{"search", m.search}, {"wrong password", m.wrongBind}, {"cancellation", m.ldapCancelled}, {"server gone", m.slapdGone},
		}}
	}
	return []row{ldap("LDAP", "ldap"), ldap("LDAPS", "ldaps")}
}

func slapdSite(t *testing.T, scheme string) *site {
	p := newPeer(t)
	cert, key, trust := p.certificate()
	if err := os.Mkdir(p.dir+"/db", 0o755); err != nil {
		t.Fatal(err)
	}
	config := p.file("slapd.conf", fmt.Sprintf(`include /etc/ldap/schema/core.schema
pidfile %[1]s/pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile %[2]s
TLSCertificateKeyFile %[3]s
database mdb
suffix "dc=test"
rootdn "cn=admin,dc=test"
rootpw %[4]s
directory %[1]s/db
access to * by users read by anonymous auth
`, p.dir, cert, key, password))
	content := p.file("init.ldif", "dn: dc=test\nobjectClass: dcObject\nobjectClass: organization\no: test\n\n"+
		"dn: cn=joe,dc=test\nobjectClass: person\nsn: Doe\ntelephoneNumber: 12345\n\n"+
		"dn: cn=ann,dc=test\nobjectClass: person\nsn: Other\n\n")
	if out, err := exec.Command("/usr/sbin/slapadd", "-f", config, "-l", content).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	p.daemon(address, "/usr/sbin/slapd", "-f", config, "-h", scheme+"://"+address, "-d", "0")
	who := func(password string) []opt.Option {
		return []opt.Option{trust, opt.Username("cn=admin,dc=test"), opt.Password(password)}
	}
	return &site{peer: p, options: who(password), wrong: who("guess"),
		url: func(name string) string { return scheme + "://" + address + "/" + name }}
}

const joe = "dc=test?sn,telephoneNumber?sub?(cn=joe)"

func (m maker) search(t *testing.T) {
	body, err := m(t).handle(joe).Fetch(patient(t))
	text := string(body)
	if err != nil || !strings.Contains(text, "cn=joe,dc=test") || !strings.Contains(text, "telephoneNumber: 12345") ||
		strings.Contains(text, "Other") {
		t.Errorf("%q, %v", body, err)
	}
}

func (m maker) ldapCancelled(t *testing.T) { m(t).cancelledInside(joe) }

func (m maker) wrongBind(t *testing.T) {
	s := m(t)
	err := handle(t, append(s.wrong, opt.URL(s.url(joe)))...).Perform(patient(t))
	if !errors.Is(err, codes.LoginDenied) && !errors.Is(err, codes.LDAPCannotBind) {
		t.Errorf("%v", err)
	}
}

func (m maker) slapdGone(t *testing.T) {
	s := m(t)
	h := s.handle(joe)
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	s.gone()
	if err := h.Perform(patient(t)); err == nil || errors.Is(err, codes.OperationTimedOut) {
		t.Errorf("%v", err)
	}
}
