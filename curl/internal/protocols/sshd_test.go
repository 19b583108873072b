package protocols

import (
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// sshServer is an OpenSSH server, where the user that runs the tests logs in with a key.
type sshServer struct {
	*process
	port       int
	user       string
	userKey    string // a file; its public half has .pub at the end
	knownHosts string // a file
}

func startSSH(t *testing.T) sshServer {
	t.Helper()
	bin := need(t, "sshd", "ssh-keygen")
	needRoot(t)
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // compiled into Debian's
		t.Fatal(err)
	}
	dir, port := t.TempDir(), freePorts(t, 1)[0]
	for _, name := range []string{"host", "user"} { // RSA of libssh2 1.10 signs with SHA-1, which OpenSSH refuses
		run(t, exec.Command(bin[1], "-q", "-t", "ed25519", "-N", "", "-m", "PEM", "-f", dir+"/"+name))
	}
	host, err := os.ReadFile(dir + "/host.pub")
	if err != nil {
		t.Fatal(err)
	}
	conf := write(t, dir, "conf", "Port "+strconv.Itoa(port), "ListenAddress 127.0.0.1", "HostKey "+dir+"/host",
		"AuthorizedKeysFile "+dir+"/user.pub", "PidFile none", "UsePAM no", "StrictModes no", "PermitRootLogin yes",
		"PasswordAuthentication no", "Subsystem sftp internal-sftp")
	return sshServer{
		process: daemon(t, exec.Command(bin[0], "-D", "-e", "-f", conf), port),
		port:    port, user: whoami(t), userKey: dir + "/user",
		knownHosts: write(t, dir, "known_hosts", "[127.0.0.1]:"+strconv.Itoa(port)+" "+string(host)),
	}
}
