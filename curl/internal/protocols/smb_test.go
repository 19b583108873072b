package protocols

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl speaks version 1 of SMB only, which Samba still does when it is told to.
func TestSMB(t *testing.T) {
	t.Parallel()
	bin := need(t, "smbd", "smbpasswd")
	needRoot(t)
	dir, port := t.TempDir(), freePorts(t, 1)[0]
	root := filepath.Join(dir, "share")
	for _, name := range []string{root, dir + "/private", dir + "/state", dir + "/cache", dir + "/lock", dir + "/pid", dir + "/rpc"} {
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	conf := write(t, dir, "smb.conf", "[global]", "server min protocol = NT1", "ntlm auth = yes", "lanman auth = no",
		"interfaces = 127.0.0.1", "bind interfaces only = yes", "smb ports = "+strconv.Itoa(port), "disable spoolss = yes",
		"load printers = no", "log file = "+dir+"/log", "private dir = "+dir+"/private", "state directory = "+dir+"/state",
		"cache directory = "+dir+"/cache", "lock directory = "+dir+"/lock", "pid directory = "+dir+"/pid",
		"ncalrpc dir = "+dir+"/rpc", "passdb backend = tdbsam", "[files]", "path = "+root, "read only = no")
	add := exec.Command(bin[1], "-c", conf, "-s", "-a", "root")
	add.Stdin = strings.NewReader("secret\nsecret\n")
	run(t, add)
	p := daemon(t, exec.Command(bin[0], "-s", conf, "-F", "--no-process-group", "--debug-stdout"), port)
	storage{
		scheme: "smb", server: "Samba", root: root, base: "smb://" + address(port) + "/files/",
		// 8.14.1 takes a connection again that the server has left; other versions don't take one again at all.
		options: []opt.Option{opt.UserPassword("root:secret"), opt.ForbidReuse(true)},
		gone:    []opt.Option{opt.Timeout(time.Second)}, // libcurl does not notice that the server has closed the connection
		wrong:   []opt.Option{opt.UserPassword("root:wrong")}, denied: []codes.Easy{codes.LoginDenied},
		missing: []codes.Easy{codes.RemoteFileNotFound},
		kill:    p.kill,
	}.trials(t)
}
