//go:build linux

package protocols

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func mailboxRows() []row {
	box := func(what, scheme, tls string) row {
		m := maker(func(t *testing.T) *site { return dovecotSite(t, scheme, tls) })
		tries := []try{{"download", m.readMail}, {"listing", m.listMail}}
		if strings.HasPrefix(scheme, "imap") {
			tries = append(tries, try{"upload", m.appendMail}, try{"MIME upload", m.appendParts}, try{"search", m.searchMail},
				try{"part of a mail", m.partOfMail})
		}
		tries = append(tries, try{"wrong password", m.wrongMailbox}, try{"cancellation", m.cancelReading}, try{"server gone half-way", m.mailboxGone})
		return row{what, []string{scheme}, "Dovecot", []string{"/usr/sbin/dovecot", "/usr/lib/dovecot/" + strings.TrimSuffix(scheme, "s")}, true, tries}
	}
	return []row{
		box("IMAP", "imap", ""), box("IMAP with STARTTLS", "imap", "explicit"), box("IMAPS", "imaps", "implicit"),
		box("POP3", "pop3", ""), box("POP3 with STLS", "pop3", "explicit"), box("POP3S", "pop3s", "implicit"),
	}
}

// mailUser owns the mailboxes: Dovecot does not work for root.
const mailUser = 65534

func dovecotSite(t *testing.T, scheme, tls string) *site {
	p := newPeer(t)
	cert, key, trust := p.certificate()
	protocol, port := strings.TrimSuffix(scheme, "s"), freePort(t)
	listener, other := protocol, protocol+"s"
	ssl := "no"
	if tls == "implicit" {
		listener, other, ssl = other, listener, "yes"
	}
	config := fmt.Sprintf(`protocols = %[1]s
base_dir = %[2]s/run
state_dir = %[2]s/state
log_path = %[2]s/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <%[3]s
ssl_key = <%[4]s
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
passdb {
  driver = static
  args = password=%[5]s
}
userdb {
  driver = static
  args = uid=%[6]d gid=%[6]d home=%[2]s/home
}
mail_location = maildir:%[2]s/home/mail
service %[1]s-login {
  inet_listener %[7]s {
    port = %[8]d
    ssl = %[10]s
  }
  inet_listener %[9]s {
    port = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`, protocol, p.dir, cert, key, password, mailUser, listener, port, other, ssl)
	s := &site{peer: p, options: []opt.Option{opt.UserPassword(user + ":" + password)}, wrong: []opt.Option{opt.UserPassword(user + ":guess")}}
	if tls != "" {
		security := []opt.Option{trust, opt.UseSSL(opt.UseSSLAll)}
		s.options, s.wrong = append(s.options, security...), append(s.wrong, security...)
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	s.url = func(name string) string { return scheme + "://" + address + "/" + name }
	if err := os.MkdirAll(p.dir+"/home/mail/cur", 0o755); err != nil {
		t.Fatal(err)
	}
	p.daemon(address, "/usr/sbin/dovecot", "-F", "-c", p.file("dovecot.conf", config))
	return s
}

// owned gives the mail folders to their user.
func (s *site) owned() {
	err := filepath.WalkDir(s.dir+"/home", func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, mailUser, mailUser)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// message puts a mail into the inbox.
func (s *site) message(name, text string) {
	s.file("home/mail/cur/"+name+":2,S", text)
	s.owned()
}

// first is the URL of the first mail.
func (s *site) first() string {
	if strings.HasPrefix(s.url(""), "imap") {
		return "INBOX;MAILINDEX=1"
	}
	return "1"
}

const letter = "Subject: hello\r\n\r\nHello,\r\n.\r\n..two dots\r\n"

func (m maker) readMail(t *testing.T) {
	s := m(t)
	s.message("1", letter)
	h := s.handle(s.first())
	s.gets(h, letter)
	s.gets(h, letter)
}

func (m maker) partOfMail(t *testing.T) {
	s := m(t)
	s.message("1", letter)
	s.gets(s.handle(s.first()+";PARTIAL=9.5"), letter[9:14])
}

func (m maker) listMail(t *testing.T) {
	s := m(t)
	s.message("1", letter)
	s.message("2", letter)
	body, err := s.handle("").Fetch(patient(t))
	if text := string(body); err != nil || !strings.Contains(text, "INBOX") && !strings.HasPrefix(text, "1 ") {
		t.Errorf("%q, %v", body, err)
	}
}

func (m maker) searchMail(t *testing.T) {
	s := m(t)
	s.message("1", letter)
	s.message("2", "Subject: other\r\n\r\nx\r\n")
	body, err := s.handle("INBOX?SUBJECT%20other").Fetch(patient(t))
	if err != nil || strings.TrimSpace(string(body)) != "* SEARCH 2" {
		t.Errorf("%q, %v", body, err)
	}
}

func (m maker) appendMail(t *testing.T) {
	s := m(t)
	s.owned()
	h := s.handle("INBOX", opt.Upload(true))
	if err := h.Input(strings.NewReader(letter)); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	s.gets(s.handle(s.first()), letter)
}

func (m maker) appendParts(t *testing.T) {
	s := m(t)
	s.owned()
	parts, err := curl.NewMIME(curl.Part{Text: "plain"}, curl.Part{Data: []byte(pattern(1000)), Encoding: curl.EncodeBase64, FileName: "a.bin"})
	if err != nil {
		t.Fatal(err)
	}
	h := s.handle("INBOX", opt.HTTPHeader([]string{"Subject: parts"}))
	if err := h.SetMIME(parts); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	body, err := s.handle(s.first()).Fetch(patient(t))
	if err != nil {
		t.Fatal(err)
	}
	wantParts(t, string(body), "parts", "plain", pattern(1000))
}

func (m maker) wrongMailbox(t *testing.T) {
	s := m(t)
	s.message("1", letter)
	h := handle(t, append([]opt.Option{opt.URL(s.url(s.first()))}, s.wrong...)...)
	wantCode(t, h.Perform(patient(t)), loginDenied)
}

func (m maker) cancelReading(t *testing.T) {
	s := m(t)
	s.message("1", "Subject: large\r\n\r\n"+strings.Repeat("a line\r\n", large/8))
	s.cancelled(s.first())
}

func (m maker) mailboxGone(t *testing.T) {
	s := m(t)
	s.message("1", "Subject: large\r\n\r\n"+strings.Repeat("a line\r\n", large/8))
	if strings.HasPrefix(s.url(""), "pop3") {
		s.isCut(s.first()) // libcurl takes the end of the connection for that of the mail
		return
	}
	s.dies(s.first())
}
