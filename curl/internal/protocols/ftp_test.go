package protocols

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Debian's Python, which has Debian's modules.
const python = "/usr/bin/python3"

const pyftpd = `
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
FTPHandler.authorizer = DummyAuthorizer()
FTPHandler.authorizer.add_user("user", "secret", sys.argv[2], perm="elradfmwMT")
FTPHandler.use_sendfile, FTPHandler.auth_failed_timeout = False, 0
FTPServer(("127.0.0.1", int(sys.argv[1])), FTPHandler).serve_forever()
`

func TestFTP(t *testing.T) {
	t.Parallel()
	if exec.Command(python, "-c", "import pyftpdlib").Run() != nil {
		leaveOut(t, "Python has no module pyftpdlib; bash .ci/peers installs it")
	}
	root, port := openDir(t), freePorts(t, 1)[0]
	p := daemon(t, exec.Command(python, write(t, openDir(t), "ftpd.py", pyftpd), strconv.Itoa(port), root), port)
	storage{
		scheme: "ftp", server: "pyftpdlib", root: root, base: fmt.Sprintf("ftp://localhost:%d/", port),
		options: []opt.Option{opt.UserPassword("user:secret")}, lists: true, resumes: true, appends: true, kill: p.kill,
		wrong: []opt.Option{opt.UserPassword("user:wrong")}, denied: []codes.Easy{codes.LoginDenied},
		missing: []codes.Easy{codes.RemoteFileNotFound},
	}.trials(t)
}

// With ftps the TLS handshake comes first; with ftp the client asks for it. An upload over TLS 1.3 may fail at its end:
// libcurl closes the connection without having read the session tickets, which the server takes for a broken one.
func TestFTPWithTLS(t *testing.T) {
	t.Parallel()
	bin := need(t, "vsftpd")
	needRoot(t)
	for name, implicit := range map[string]string{"ftps": "YES", "ftp with TLS": "NO"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, dir, port := newIdentity(t), openDir(t), freePorts(t, 1)[0]
			for _, folder := range []struct {
				name string
				mode os.FileMode
			}{{"/empty", 0o555}, {"/root", 0o755}, {"/root/files", 0o777}} {
				if err := os.Mkdir(dir+folder.name, 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(dir+folder.name, folder.mode); err != nil { // whatever the umask
					t.Fatal(err)
				}
			}
			conf := write(t, dir, "conf", "listen=YES", "listen_address=127.0.0.1", "listen_port="+strconv.Itoa(port), "background=NO",
				"anonymous_enable=YES", "ftp_username=daemon", "nopriv_user=nobody", "anon_root="+dir+"/root", "anon_umask=000",
				"write_enable=YES", "anon_upload_enable=YES", "anon_other_write_enable=YES", "secure_chroot_dir="+dir+"/empty",
				"ssl_enable=YES", "implicit_ssl="+implicit, "allow_anon_ssl=YES", "force_anon_logins_ssl=YES", "force_anon_data_ssl=YES",
				"require_ssl_reuse=NO", "strict_ssl_read_eof=NO", "ssl_ciphers=HIGH", "rsa_cert_file="+id.cert, "rsa_private_key_file="+id.key,
				"seccomp_sandbox=NO", "xferlog_enable=NO")
			p := daemon(t, exec.Command(bin[0], conf), port)
			scheme, _, _ := strings.Cut(name, " ")
			storage{
				scheme: name, server: "vsftpd", root: dir + "/root/files", base: fmt.Sprintf("%s://localhost:%d/files/", scheme, port),
				options: []opt.Option{opt.CAInfo(id.ca), opt.UseSSL(opt.UseSSLAll), opt.SSLVersion(opt.SSLVerMax1_2)}, lists: true, resumes: true, appends: true,
				kill: p.kill, missing: []codes.Easy{codes.RemoteFileNotFound},
			}.trials(t)
		})
	}
}
