//go:build linux

package protocols

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func sshRows() []row {
	programs := []string{"/usr/sbin/sshd", "ssh-keygen", "/usr/bin/scp"}
	sftp, scp := maker(func(t *testing.T) *site { return sshSite(t, "sftp") }), maker(func(t *testing.T) *site { return sshSite(t, "scp") })
	return []row{
		{"SFTP", []string{"sftp"}, "OpenSSH's sshd", programs, true, []try{
			{"download", sftp.download}, {"upload", sftp.upload}, {"listing", sftp.sftpListing}, {"resume", sftp.resume},
			{"resumed upload", sftp.ftpAppend}, {"commands", sftp.sftpCommands}, {"no such file", sftp.missing},
			{"wrong key", sftp.wrongPassword}, {"unknown host", sftp.unknownHost}, {"cancellation", sftp.cancel},
			{"server gone half-way", sftp.serverGone},
		}},
		{"SCP", []string{"scp"}, "OpenSSH's sshd", programs, true, []try{
			{"download", scp.download}, {"upload", scp.upload}, {"wrong key", scp.wrongPassword},
			{"cancellation", scp.cancel}, {"server gone half-way", scp.serverGone},
		}},
	}
}

// sshSite lets root in with a key.
func sshSite(t *testing.T, scheme string) *site {
	if sanitized {
		t.Skip("under the address sanitizer, which ends the process where libssh2 1.10 copies memory onto itself")
	}
	p, address := startSSH(t)
	mine, other := p.dir+"/user", p.dir+"/other"
	who := func(key string) []opt.Option {
		return []opt.Option{opt.Username("root"), opt.SSHPrivateKeyFile(key), opt.SSHPublicKeyFile(key + ".pub"),
			opt.SSHAuthTypes(opt.SSHAuthPublicKey)}
	}
	return &site{peer: p, options: who(mine), wrong: who(other),
		url: func(name string) string { return scheme + "://" + address + p.dir + "/files/" + name }}
}

// startSSH is a server that knows the key in the file user, and not the one in other.
func startSSH(t *testing.T) (p *peer, address string) {
	t.Helper()
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // compiled into Debian's
		t.Fatal(err)
	}
	p = newPeer(t)
	host, mine, other := p.file("host", sshKey(0)), p.file("user", sshKey(0)), p.file("other", sshKey(1))
	p.file("user.pub", public(t, mine))
	p.file("other.pub", public(t, other))
	config := p.file("config", fmt.Sprintf("HostKey %s\nAuthorizedKeysFile %s/user.pub\nPidFile none\n"+
		"HostKeyAlgorithms +ssh-rsa\nPubkeyAcceptedAlgorithms +ssh-rsa\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"+
		"Subsystem sftp internal-sftp\n", host, p.dir))
	return p, p.inetd("/usr/sbin/sshd", "-i", "-e", "-f", config)
}

func public(t *testing.T, key string) string {
	t.Helper()
	text, err := exec.Command("ssh-keygen", "-y", "-f", key).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sshKeys are RSA in PEM, which libssh2 knows with each of its crypto libraries.
var sshKeys = sync.OnceValue(func() (keys [2]string) {
	for i := range keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[i] = string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	}
	return keys
})

func sshKey(i int) string { return sshKeys()[i] }

func (m maker) sftpListing(t *testing.T) {
	s := m(t)
	s.file("files/dir/one", "1")
	s.file("files/dir/two", "22")
	body, err := s.handle("dir/", opt.DirListOnly(true)).Fetch(patient(t))
	names := strings.Fields(string(body))
	slices.Sort(names)
	if err != nil || !slices.Equal(names, []string{".", "..", "one", "two"}) {
		t.Errorf("%q, %v", body, err)
	}
}

// sftpCommands renames a file on the way.
func (m maker) sftpCommands(t *testing.T) {
	s := m(t)
	from := s.file("files/before", "content")
	to := strings.TrimSuffix(from, "before") + "after"
	s.gets(s.handle("after", opt.Quote([]string{"rename " + from + " " + to})), "content")
}

// unknownHost: a file of known hosts that does not know this one.
func (m maker) unknownHost(t *testing.T) {
	s := m(t)
	s.file("files/download", "content")
	h := s.handle("download", opt.SSHKnownHosts(s.file("known", "")))
	if err := h.Set(opt.SSHHostPublicKeyMD5("00000000000000000000000000000000")); err != nil {
		t.Fatal(err)
	}
	wantCode(t, h.Perform(patient(t)), codes.PeerFailedVerification)
}
