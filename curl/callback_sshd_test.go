package curl_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// noSSHD says why there can be no SSH server, "" when there can.
func noSSHD() string {
	_, err := exec.LookPath(sshd)
	_, err2 := exec.LookPath("ssh-keygen")
	switch {
	case err != nil || err2 != nil || os.Getuid() != 0:
		return "for want of an SSH server: install openssh-server and run as root"
	case keepsFreed:
		return "under the address sanitizer, which ends the process where libssh2 1.10 copies memory onto itself"
	}
	return ""
}

const sshd = "/usr/sbin/sshd"

// peersRequired says that all peers are to be there: what is missing then is a failure.
func peersRequired() bool { return os.Getenv("GOCURL_REQUIRE_PEERS") == "1" && !keepsFreed }

// sftpPeer is an OpenSSH server of the test's own with a file to fetch. Without OpenSSH on the machine the test ends
// here.
func sftpPeer(t *testing.T) ([]opt.Option, bool) {
	t.Helper()
	switch missing := noSSHD(); {
	case missing == "":
	case peersRequired():
		t.Fatal("not tested, ", missing)
	case keepsFreed:
		t.Skip(missing)
	default:
		t.Log("not tested, ", missing)
		return nil, false
	}
	s := startSSHD(t)
	t.Cleanup(func() {
		if t.Failed() {
			log, _ := os.ReadFile(s.dir + "/log")
			t.Logf("sshd: %s", log)
		}
	})
	return append(s.login, opt.URL(s.url), opt.SSHKnownHosts(s.dir+"/known_hosts")), true
}

// sshServer has a file at url, for who has the key of login.
type sshServer struct {
	dir, url string
	login    []opt.Option
	public   []byte // of its key, as SSH encodes it
}

// startSSHD is such a server until the test ends.
func startSSHD(t testserver.TB) *sshServer {
	t.Helper()
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // compiled into Debian's
		t.Fatalf("%v", err)
	}
	dir := t.TempDir()
	key := sshKey()
	for _, name := range []string{"host", "user"} {
		writeFile(t, filepath.Join(dir, name), key)
	}
	public, err := exec.Command("ssh-keygen", "-y", "-f", dir+"/user").Output()
	if err != nil {
		t.Fatalf("%v", err)
	}
	writeFile(t, dir+"/user.pub", string(public))
	encoded, err := base64.StdEncoding.DecodeString(strings.Fields(string(public))[1])
	if err != nil {
		t.Fatalf("%v", err)
	}
	writeFile(t, dir+"/greeting", "hello over ssh")
	writeFile(t, dir+"/config", fmt.Sprintf("HostKey %[1]s/host\nAuthorizedKeysFile %[1]s/user.pub\nPidFile none\n"+
		"HostKeyAlgorithms +ssh-rsa\nPubkeyAcceptedAlgorithms +ssh-rsa\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"+
		"Subsystem sftp internal-sftp\n", dir))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		for c, err := listener.Accept(); err == nil; c, err = listener.Accept() {
			running.Go(func() { serveSSH(ctx, dir, c.(*net.TCPConn)) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		cancel()
		running.Wait()
	})
	return &sshServer{dir: dir, public: encoded, url: fmt.Sprintf("sftp://%s%s/greeting", listener.Addr(), dir), login: []opt.Option{
		opt.Username("root"), opt.SSHPrivateKeyFile(dir + "/user"), opt.SSHPublicKeyFile(dir + "/user.pub"),
	}}
}

// serveSSH has an sshd serve one connection, as inetd would.
func serveSSH(ctx context.Context, dir string, c *net.TCPConn) {
	socket, err := c.File()
	c.Close()
	if err != nil {
		return
	}
	defer socket.Close()
	cmd := exec.CommandContext(ctx, sshd, "-i", "-E", dir+"/log", "-f", dir+"/config")
	cmd.Stdin, cmd.Stdout = socket, socket
	_ = cmd.Run() // how a client leaves is its own business
}

// sshKey is one key for everything. RSA in PEM is what libssh2 knows with each of its crypto libraries.
var sshKey = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
})

func writeFile(t testserver.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatalf("%v", err)
	}
}
