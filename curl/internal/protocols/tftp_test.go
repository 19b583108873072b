package protocols

import (
	"os/exec"
	"os/user"
	"strconv"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestTFTP(t *testing.T) {
	t.Parallel()
	bin, root := need(t, "atftpd"), openDir(t)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	port := freePorts(t, 1)[0]
	p := daemon(t, exec.Command(bin[0], "--daemon", "--no-fork", "--port", strconv.Itoa(port), "--bind-address", "127.0.0.1",
		"--user", me.Username, "--group", "root", "--logfile", "-", root))
	p.answers(t, port)
	storage{
		scheme: "tftp", server: "atftpd", root: root, base: "tftp://" + address(port) + "/", large: 4 << 20,
		options: []opt.Option{opt.TFTPBlockSize(8192)}, missing: []codes.Easy{codes.TFTPNotFound},
	}.trials(t)
}
