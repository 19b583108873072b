package curl_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// sftpPeer is an OpenSSH server of the test's own with a file to fetch. Without OpenSSH on the machine the test ends
// here, as a failure where GOCURL_REQUIRE_PEERS=1 says that all peers are to be there.
func sftpPeer(t *testing.T) ([]opt.Option, bool) {
	t.Helper()
	if keepsFreed {
		t.Skip("under the address sanitizer, which ends the process where libssh2 1.10 copies memory onto itself")
	}
	sshd, err := exec.LookPath("/usr/sbin/sshd")
	keygen, err2 := exec.LookPath("ssh-keygen")
	switch {
	case err == nil && err2 == nil && os.Getuid() == 0:
	case os.Getenv("GOCURL_REQUIRE_PEERS") == "1":
		t.Fatal("no SSH server: install openssh-server and run as root")
	default:
		t.Log("not tested, for want of an SSH server: install openssh-server and run as root")
		return nil, false
	}
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // compiled into Debian's
		t.Fatal(err)
	}
	dir := t.TempDir()
	key := sshKey()
	for _, name := range []string{"host", "user"} {
		writeFile(t, filepath.Join(dir, name), key)
	}
	public, err := exec.Command(keygen, "-y", "-f", dir+"/user").Output()
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir+"/user.pub", string(public))
	writeFile(t, dir+"/greeting", "hello over ssh")
	writeFile(t, dir+"/config", fmt.Sprintf("HostKey %[1]s/host\nAuthorizedKeysFile %[1]s/user.pub\nPidFile none\n"+
		"HostKeyAlgorithms +ssh-rsa\nPubkeyAcceptedAlgorithms +ssh-rsa\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"+
		"Subsystem sftp internal-sftp\n", dir))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		for c, err := listener.Accept(); err == nil; c, err = listener.Accept() {
			running.Go(func() { serveSSH(ctx, sshd, dir, c.(*net.TCPConn)) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		cancel()
		running.Wait()
		if t.Failed() {
			log, _ := os.ReadFile(dir + "/log")
			t.Logf("sshd: %s", log)
		}
	})
	return []opt.Option{
		opt.URL(fmt.Sprintf("sftp://%s%s/greeting", listener.Addr(), dir)), opt.Username("root"),
		opt.SSHPrivateKeyFile(dir + "/user"), opt.SSHPublicKeyFile(dir + "/user.pub"), opt.SSHKnownHosts(dir + "/known_hosts"),
	}, true
}

// serveSSH has an sshd serve one connection, as inetd would.
func serveSSH(ctx context.Context, sshd, dir string, c *net.TCPConn) {
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

func writeFile(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
