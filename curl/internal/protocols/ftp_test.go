//go:build linux

package protocols

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func ftpRows() []row {
	vsftpd := func(what string, tls string) row {
		m := maker(func(t *testing.T) *site { return vsftpdSite(t, tls) })
		scheme := "ftp"
		if tls != "" {
			scheme = "ftps"
		}
		return row{what, []string{scheme}, "vsftpd", []string{"/usr/sbin/vsftpd"}, false, []try{
			{"download", m.download}, {"upload", m.upload}, {"listing", m.ftpListing}, {"resume", m.resume},
			{"resumed upload", m.ftpAppend}, {"commands", m.ftpCommands}, {"no such file", m.missing},
			{"wrong password", m.wrongPassword}, {"cancellation", m.cancel}, {"server gone half-way", m.serverGone},
		}}
	}
	return []row{vsftpd("FTP", ""), vsftpd("FTP with AUTH TLS", "explicit"), vsftpd("FTPS", "implicit")}
}

// vsftpdSite serves "anonymous" users, who have to give the password that it has a list of.
func vsftpdSite(t *testing.T, tls string) *site {
	p := newPeer(t)
	config := fmt.Sprintf(`listen=NO
run_as_launching_user=YES
seccomp_sandbox=NO
anonymous_enable=YES
secure_email_list_enable=YES
email_password_file=%s
anon_root=%s/files
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
allow_writeable_chroot=YES
connect_from_port_20=NO
anon_world_readable_only=NO
delay_failed_login=0
xferlog_enable=NO
vsftpd_log_file=%[2]s/vsftpd.log
`, p.file("passwords", password+"\n"), p.dir)
	s := &site{peer: p, options: []opt.Option{opt.UserPassword("ftp:" + password)}, wrong: []opt.Option{opt.UserPassword("ftp:guess")}}
	scheme := "ftp"
	if tls != "" {
		cert, key, trust := p.certificate()
		config += fmt.Sprintf("ssl_enable=YES\nallow_anon_ssl=YES\nforce_anon_logins_ssl=YES\nforce_anon_data_ssl=YES\n"+
			"ssl_ciphers=HIGH\nrequire_ssl_reuse=NO\nstrict_ssl_read_eof=NO\nrsa_cert_file=%s\nrsa_private_key_file=%s\n", cert, key)
		// With TLS 1.3 an upload ends with the server's session tickets unread on its connection, which cuts that off.
		security := []opt.Option{trust, opt.UseSSL(opt.UseSSLAll), opt.SSLVersion(opt.SSLVer1_2 | opt.SSLVerMax1_2)}
		if tls == "implicit" {
			config += "implicit_ssl=YES\n"
			scheme = "ftps"
		}
		s.options, s.wrong = append(s.options, security...), append(s.wrong, security...)
	}
	address := p.inetd("/usr/sbin/vsftpd", p.file("vsftpd.conf", config))
	s.url = func(name string) string { return scheme + "://" + address + "/" + name }
	return s
}

func (m maker) ftpListing(t *testing.T) {
	s := m(t)
	s.file("files/dir/one", "1")
	s.file("files/dir/two", "22")
	body, err := s.handle("dir/", opt.DirListOnly(true)).Fetch(patient(t))
	names := strings.Fields(string(body))
	slices.Sort(names)
	if err != nil || !slices.Equal(names, []string{"one", "two"}) {
		t.Errorf("%q, %v", body, err)
	}
	body, err = s.handle("dir/").Fetch(patient(t))
	if err != nil || strings.Count(string(body), "-rw") != 2 {
		t.Errorf("%q, %v", body, err)
	}
}

// ftpAppend goes on with an upload where the server has got to.
func (m maker) ftpAppend(t *testing.T) {
	s := m(t)
	want := pattern(300_000)
	s.file("files/part", want[:100_001])
	h := s.handle("part", opt.Upload(true), opt.ResumeFrom(-1))
	if err := h.Input(strings.NewReader(want)); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	s.gets(s.handle("part"), want)
}

// ftpCommands renames a file on the way.
func (m maker) ftpCommands(t *testing.T) {
	s := m(t)
	s.file("files/before", "content")
	s.gets(s.handle("after", opt.Quote([]string{"RNFR before", "RNTO after"})), "content")
}
