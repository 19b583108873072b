package protocols

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// dovecot is a running server with one user.
type dovecot struct {
	*process
	id    identity
	home  string
	ports map[string]int // by scheme
}

// startDovecot starts it for IMAP or POP3. A password is all that it asks for.
func startDovecot(t *testing.T, protocol string) dovecot {
	t.Helper()
	bin := need(t, "dovecot")
	if _, err := os.Stat("/usr/lib/dovecot/" + protocol); err != nil {
		leaveOut(t, "Dovecot's "+protocol+" is not on this machine; bash .ci/peers installs it")
	}
	needRoot(t)
	dir, err := os.MkdirTemp("", "d") // short: it has sockets in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	d := dovecot{id: newIdentity(t), home: openDir(t)}
	ports := freePorts(t, 2)
	d.ports = map[string]int{protocol: ports[0], protocol + "s": ports[1]}
	conf := write(t, dir, "conf", fmt.Sprintf(`protocols = %[1]s
base_dir = %[2]s/run
state_dir = %[2]s/state
log_path = /dev/stderr
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
  args = password=secret
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=%[5]s
}
mail_location = maildir:%[5]s/%%u
service %[1]s-login {
  inet_listener %[1]s {
    port = %[6]d
  }
  inet_listener %[1]ss {
    port = %[7]d
    ssl = yes
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}`, protocol, dir, d.id.cert, d.id.key, d.home, ports[0], ports[1]))
	d.process = daemon(t, exec.Command(bin[0], "-F", "-c", conf), ports...)
	return d
}

// holds makes a user with these mails, and returns how to log in. Each trial has one of its own: sessions of others end
// when they like.
func (d dovecot) holds(t *testing.T, mails ...string) (login opt.Option) {
	t.Helper()
	user := strings.ToLower(rand.Text())
	box := d.home + "/" + user
	if err := os.MkdirAll(box+"/cur", 0o755); err != nil {
		t.Fatal(err)
	}
	for i, text := range mails {
		path := fmt.Sprintf("%s/cur/%d.host:2,S", box, i+1)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(t, exec.Command("chown", "-R", "65534:65534", box)) // Dovecot does not work for root
	return opt.UserPassword(user + ":secret")
}

const letter = "Subject: hello\r\n\r\nHello,\r\n.\r\n..two dots\r\n"

func TestIMAP(t *testing.T) {
	t.Parallel()
	testMailbox(t, "imap", "INBOX;MAILINDEX=1", func(t *testing.T, d dovecot, protocol string, at func(path string, more ...opt.Option) []opt.Option) {
		try(t, protocol, "Dovecot", "search", func(t *testing.T) {
			login := d.holds(t, letter, "Subject: other\r\n\r\nx\r\n")
			if found := fetched(t, handle(t, at("INBOX?SUBJECT%20other", login)...)); strings.TrimSpace(found) != "* SEARCH 2" {
				t.Errorf("found %q", found)
			}
		})
		try(t, protocol, "Dovecot", "upload", func(t *testing.T) {
			login := d.holds(t)
			h := handle(t, at("INBOX", login, opt.Upload(true))...)
			if err := h.Input(strings.NewReader(letter)); err != nil {
				t.Fatal(err)
			}
			fetched(t, h)
			arrives(t, handle(t, at("INBOX;MAILINDEX=1", login)...), letter)
		})
		try(t, protocol, "Dovecot", "MIME upload", func(t *testing.T) {
			login := d.holds(t)
			attached := testserver.PatternBytes(1000)
			parts, err := curl.NewMIME(curl.Part{Text: "plain"}, curl.Part{Data: attached, Encoding: curl.EncodeBase64, FileName: "a.bin"})
			if err != nil {
				t.Fatal(err)
			}
			h := handle(t, at("INBOX", login, opt.HTTPHeader([]string{"Subject: parts"}))...)
			if err := h.SetMIME(parts); err != nil {
				t.Fatal(err)
			}
			fetched(t, h)
			wantParts(t, fetched(t, handle(t, at("INBOX;MAILINDEX=1", login)...)), "parts", "plain", string(attached))
		})
	})
}

func TestPOP3(t *testing.T) {
	t.Parallel()
	testMailbox(t, "pop3", "1", nil)
}

// testMailbox tries what both protocols have; first is the path of the first mail.
func testMailbox(t *testing.T, protocol, first string, more func(t *testing.T, d dovecot, protocol string, at func(string, ...opt.Option) []opt.Option)) {
	d := startDovecot(t, protocol)
	large := "Subject: large\r\n\r\n" + strings.Repeat("a line\r\n", 2<<20)
	at := func(scheme string) func(path string, more ...opt.Option) []opt.Option {
		options := []opt.Option{opt.CAInfo(d.id.ca)}
		url := scheme + "://" + address(d.ports[scheme]) + "/"
		return func(path string, more ...opt.Option) []opt.Option {
			return with(options, append([]opt.Option{opt.URL(url + path)}, more...)...)
		}
	}
	for name, at := range map[string]func(string, ...opt.Option) []opt.Option{
		protocol: at(protocol), protocol + "s": at(protocol + "s"),
		protocol + " with TLS": func(path string, more ...opt.Option) []opt.Option {
			return at(protocol)(path, append(more, opt.UseSSL(opt.UseSSLAll))...)
		},
	} {
		try(t, name, "Dovecot", "download", func(t *testing.T) {
			h := handle(t, at(first, d.holds(t, letter))...)
			arrives(t, h, letter)
			arrives(t, h, letter)
		})
		try(t, name, "Dovecot", "listing", func(t *testing.T) {
			if list := fetched(t, handle(t, at("", d.holds(t, letter, letter))...)); !strings.Contains(list, "INBOX") && !strings.HasPrefix(list, "1 ") {
				t.Errorf("the listing is %q", list)
			}
		})
		if more != nil {
			more(t, d, name, at)
		}
		try(t, name, "Dovecot", "wrong password", func(t *testing.T) {
			fails(t, handle(t, at(first, opt.UserPassword("user:wrong"))...), codes.LoginDenied)
		})
		try(t, name, "Dovecot", "cancellation", func(t *testing.T) {
			ctx, cancel := context.WithCancel(bounded(t))
			h := handle(t, at(first, d.holds(t, large), opt.WriteFunction(func([]byte) error { cancel(); return nil }))...)
			if err := h.Perform(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	// libcurl takes the end of the connection for that of a mail of POP3, without an error.
	try(t, protocol, "Dovecot", "server gone half-way", func(t *testing.T) {
		isCut(t, d.kill, len(large), at(protocol)(first, d.holds(t, large))...)
	})
}
