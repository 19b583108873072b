//go:build linux

package protocols

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func smbRows() []row {
	m := maker(smbdSite)
	return []row{{"SMB, before libcurl 8.23.0, which is NTLM, too", []string{"smb"}, "Samba's smbd", []string{"/usr/sbin/smbd", "smbpasswd"}, true, []try{
		{"download", m.download}, {"upload", m.upload}, {"no such file", m.missing}, {"wrong password", m.wrongPassword},
		{"cancellation", m.cancel}, {"server gone half-way", m.smbGone},
	}}}
}

// smbdSite speaks the first version of the protocol, which is the only one that libcurl knows.
func smbdSite(t *testing.T) *site {
	p := newPeer(t)
	port := freePort(t)
	for _, name := range []string{"private", "state"} {
		if err := os.Mkdir(p.dir+"/"+name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	config := p.file("smb.conf", fmt.Sprintf(`[global]
server min protocol = NT1
ntlm auth = ntlmv1-permitted
server role = standalone
smb ports = %[2]d
interfaces = 127.0.0.1
bind interfaces only = yes
private dir = %[1]s/private
lock directory = %[1]s/state
state directory = %[1]s/state
cache directory = %[1]s/state
pid directory = %[1]s/state
ncalrpc dir = %[1]s/state/ncalrpc
log file = %[1]s/smbd.log
passdb backend = tdbsam:%[1]s/private/passdb.tdb
load printers = no
disable spoolss = yes
[share]
path = %[1]s/files
read only = no
`, p.dir, port))
	add := exec.Command("smbpasswd", "-c", config, "-a", "-s", "root")
	add.Stdin = strings.NewReader(password + "\n" + password + "\n")
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	p.daemon(address, "/usr/sbin/smbd", "-s", config, "-F", "--no-process-group")
	return &site{peer: p, options: []opt.Option{opt.UserPassword("root:" + password)}, wrong: []opt.Option{opt.UserPassword("root:guess")},
		url: func(name string) string { return "smb://" + address + "/share/" + name }}
}

// smbGone: libcurl's SMB does not notice every end of a connection, and goes on waiting. The context ends that.
func (m maker) smbGone(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	ctx, cancel := context.WithTimeout(patient(t), 2*time.Second)
	defer cancel()
	got := 0
	h := s.handle("large", opt.WriteFunction(func(p []byte) error {
		if got == 0 {
			s.gone()
		}
		got += len(p)
		return nil
	}))
	var e *curl.Error
	if err := h.Perform(ctx); !errors.As(err, &e) || got >= large {
		t.Errorf("%d bytes, %v", got, err)
	}
}
