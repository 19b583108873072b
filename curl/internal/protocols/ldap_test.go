package protocols

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestLDAP(t *testing.T) {
	t.Parallel()
	bin := need(t, "slapd", "slapadd")
	id, dir, ports := newIdentity(t), openDir(t), freePorts(t, 2)
	if err := os.Mkdir(dir+"/data", 0o777); err != nil {
		t.Fatal(err)
	}
	conf := write(t, dir, "slapd.conf", "include /etc/ldap/schema/core.schema", "include /etc/ldap/schema/cosine.schema",
		"include /etc/ldap/schema/inetorgperson.schema", "modulepath /usr/lib/ldap", "moduleload back_mdb",
		"pidfile "+dir+"/pid", "TLSCACertificateFile "+id.ca, "TLSCertificateFile "+id.cert, "TLSCertificateKeyFile "+id.key,
		"database mdb", "suffix dc=peer,dc=test", "rootdn cn=admin,dc=peer,dc=test", "rootpw secret", "directory "+dir+"/data")
	people := write(t, dir, "people.ldif", "dn: dc=peer,dc=test", "objectClass: dcObject", "objectClass: organization", "dc: peer",
		"o: peer", "", "dn: cn=Ada,dc=peer,dc=test", "objectClass: inetOrgPerson", "cn: Ada", "sn: Lovelace", "mail: ada@peer.test")
	run(t, exec.Command(bin[1], "-f", conf, "-l", people))
	urls := map[string]string{"ldap": "ldap://" + address(ports[0]), "ldaps": "ldaps://" + address(ports[1])}
	daemon(t, exec.Command(bin[0], "-f", conf, "-h", urls["ldap"]+" "+urls["ldaps"], "-d", "0"), ports...)
	for _, scheme := range []string{"ldap", "ldaps"} {
		admin := []opt.Option{opt.CAInfo(id.ca), opt.UserPassword("cn=admin,dc=peer,dc=test:secret")}
		search := opt.URL(urls[scheme] + "/dc=peer,dc=test?mail,sn?sub?(cn=Ada)")
		try(t, scheme, "OpenLDAP slapd", "search", func(t *testing.T) {
			h := handle(t, with(admin, search)...)
			for range 2 {
				if found := fetched(t, h); !strings.Contains(found, "DN: cn=Ada,dc=peer,dc=test") ||
					!strings.Contains(found, "mail: ada@peer.test") || !strings.Contains(found, "sn: Lovelace") {
					t.Errorf("found %q", found)
				}
			}
		})
		try(t, scheme, "OpenLDAP slapd", "no such base", func(t *testing.T) {
			fails(t, handle(t, with(admin, opt.URL(urls[scheme]+"/dc=elsewhere?cn?sub?(cn=Ada)"))...), codes.LDAPSearchFailed,
				codes.RemoteFileNotFound)
		})
		try(t, scheme, "OpenLDAP slapd", "wrong password", func(t *testing.T) {
			fails(t, handle(t, with(admin, search, opt.UserPassword("cn=admin,dc=peer,dc=test:wrong"))...), codes.LoginDenied,
				codes.LDAPCannotBind)
		})
	}
	try(t, "ldaps", "OpenLDAP slapd", "unknown authority", func(t *testing.T) {
		h := handle(t, opt.CAInfo(newIdentity(t).ca), opt.URL(urls["ldaps"]+"/dc=peer,dc=test?mail?sub?(cn=Ada)"))
		fails(t, h, codes.PeerFailedVerification, codes.LDAPCannotBind, codes.SSLConnectError, codes.CouldntConnect)
	})
}
