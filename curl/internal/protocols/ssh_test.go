package protocols

import (
	"fmt"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestSSH(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"sftp", "scp"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			s, root := startSSH(t), t.TempDir()
			key := []opt.Option{opt.Username(s.user), opt.SSHPrivateKeyFile(s.userKey), opt.SSHPublicKeyFile(s.userKey + ".pub")}
			other := startSSH(t).userKey
			storage{
				scheme: scheme, server: "OpenSSH", root: root, base: fmt.Sprintf("%s://127.0.0.1:%d%s/", scheme, s.port, root),
				options: append(key, opt.SSHKnownHosts(s.knownHosts)),
				wrong:   []opt.Option{opt.SSHPrivateKeyFile(other), opt.SSHPublicKeyFile(other + ".pub")}, denied: []codes.Easy{codes.LoginDenied},
				lists: scheme == "sftp", resumes: scheme == "sftp", appends: scheme == "sftp",
				missing: []codes.Easy{codes.RemoteFileNotFound, codes.SSH}, kill: s.kill, large: 8 << 20,
			}.trials(t)
		})
	}
}
