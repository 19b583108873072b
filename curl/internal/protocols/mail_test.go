//go:build linux

package protocols

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const python = "/usr/bin/python3" // Debian's, which has Debian's modules

func mailRows() []row {
	smtp := func(what, tls string) row {
		scheme := "smtp"
		if tls == "implicit" {
			scheme = "smtps"
		}
		tries := []try{
			{"upload", func(t *testing.T) { sendMail(t, tls) }},
			{"MIME mail", func(t *testing.T) { sendParts(t, tls) }},
			{"wrong password", func(t *testing.T) { smtpLogin(t, tls) }},
			{"server gone half-way", func(t *testing.T) { smtpGone(t, tls) }},
			{"refused recipient", func(t *testing.T) { refusedRecipient(t, tls) }},
			{"cancellation", func(t *testing.T) { cancelMail(t, tls) }},
		}
		return row{what, []string{scheme}, "aiosmtpd", []string{python, "/usr/bin/aiosmtpd"}, false, tries}
	}
	return []row{smtp("SMTP", ""), smtp("SMTP with STARTTLS", "explicit"), smtp("SMTPS", "implicit")}
}

// smtpServer prints each mail that it takes as a line of JSON. Its socket is its descriptor 3.
const smtpServer = `
import asyncio, json, socket, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({"From": envelope.mail_from, "To": envelope.rcpt_tos, "Data": envelope.content.decode("latin-1")}), flush=True)
        return "250 kept"

def login(server, session, envelope, mechanism, data):
    return AuthResult(success=isinstance(data, LoginPassword) and data.login == b"user" and data.password == b"secret", handled=False)

tls = sys.argv[1]
context = None
if tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])

def server():
    return SMTP(Handler(), authenticator=login, auth_required=True, auth_require_tls=False, data_size_limit=1 << 30,
                tls_context=context if tls == "explicit" else None, require_starttls=tls == "explicit")

async def main():
    s = await asyncio.get_running_loop().create_server(server, sock=socket.socket(fileno=3), ssl=context if tls == "implicit" else None)
    await s.serve_forever()

asyncio.run(main())
`

// post is a mail that the server has taken.
type post struct {
	From string
	To   []string
	Data string
}

type mailSite struct {
	site
	taken <-chan post
}

func smtpSite(t *testing.T, tls string) *mailSite {
	p := newPeer(t)
	args := []string{"-c", smtpServer, tls}
	scheme, options := "smtp", []opt.Option(nil)
	if tls != "" {
		cert, key, trust := p.certificate()
		args = append(args, cert, key)
		options = []opt.Option{trust, opt.UseSSL(opt.UseSSLAll)}
		if tls == "implicit" {
			scheme = "smtps"
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	socket, err := l.(*net.TCPListener).File() // which queues connections until the server takes them
	l.Close()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cmd := p.command(python, args...)
	cmd.ExtraFiles, cmd.Stdout = []*os.File{socket}, in
	if err := p.start(cmd, p.log("aiosmtpd")); err != nil {
		t.Fatal(err)
	}
	taken := make(chan post, 10)
	p.running.Go(func() {
		defer out.Close()
		lines := json.NewDecoder(bufio.NewReader(out))
		for {
			var one post
			if lines.Decode(&one) != nil {
				return
			}
			taken <- one
		}
	})
	url := func(string) string { return scheme + "://" + l.Addr().String() + "/client.example" }
	return &mailSite{site{peer: p, url: url,
		options: append(options, opt.UserPassword(user+":"+password)), wrong: append(options, opt.UserPassword(user+":guess"))}, taken}
}

func (s *mailSite) mail(options ...opt.Option) *curl.Easy {
	return s.handle("", append([]opt.Option{opt.MailFrom("<joe@example.com>"),
		opt.MailRecipients([]string{"<ann@example.com>", "<bob@example.com>"})}, options...)...)
}

// arrives is the mail that the server has taken.
func (s *mailSite) arrives() post {
	s.t.Helper()
	select {
	case m := <-s.taken:
		if m.From != "joe@example.com" || strings.Join(m.To, " ") != "ann@example.com bob@example.com" {
			s.t.Errorf("the mail is from %s to %q", m.From, m.To)
		}
		return m
	case <-patient(s.t).Done():
		s.t.Fatal("no mail")
	}
	return post{}
}

const loginDenied = codes.LoginDenied

func wantCode(t *testing.T, err error, code codes.Easy) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("%v, want %v", err, code)
	}
}

func sendMail(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	text := "Subject: hello\r\n\r\nHello,\r\n.\r\n..two dots\r\n" + strings.Repeat("a line\r\n", 20_000)
	h := s.mail(opt.Upload(true))
	for range 2 { // on the same connection
		if err := h.Input(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		err := h.Perform(patient(t))
		if v, _ := curl.Version(); errors.Is(err, codes.OutOfMemory) && v.Num < 0x074b00 {
			t.Logf("7.74.0 once in a while: %v", err)
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := s.arrives(); got.Data != text {
			t.Errorf("%d bytes arrived, %.200q", len(got.Data), got.Data)
		}
	}
}

func sendParts(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	m, err := curl.NewMIME(
		curl.Part{Parts: []curl.Part{{Text: "plain"}, {Text: "<b>bold</b>", Type: "text/html"}}, Type: "multipart/alternative",
			Headers: []string{"Content-Disposition: inline"}},
		curl.Part{Reader: strings.NewReader(pattern(100_000)), FileName: "data.bin", Encoding: curl.EncodeBase64},
	)
	if err != nil {
		t.Fatal(err)
	}
	h := s.mail(opt.HTTPHeader([]string{"Subject: parts", "From: joe@example.com"}))
	if err := h.SetMIME(m); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	wantParts(t, s.arrives().Data, "parts", "plain", "<b>bold</b>", pattern(100_000))
}

func refusedRecipient(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	h := s.mail(opt.Upload(true), opt.MailRecipients([]string{"<nobody@example.com>"}))
	if err := h.Input(strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	err := h.Perform(patient(t))
	if !errors.Is(err, codes.SendError) || !strings.Contains(fmt.Sprint(err), "550") {
		t.Errorf("%v", err)
	}
}

func smtpLogin(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	h := s.mail(append(s.wrong, opt.Upload(true))...)
	if err := h.Input(strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	wantCode(t, h.Perform(patient(t)), codes.LoginDenied)
}

func cancelMail(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	h := s.mail(opt.Upload(true))
	calls := 0
	err := h.Set(opt.ReadFunction(func(p []byte) (int, error) {
		if calls++; calls == 3 {
			h.Cancel()
		}
		return copy(p, "and so on\r\n"), nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(patient(t)); !errors.Is(err, curl.ErrCancelled) {
		t.Errorf("%v", err)
	}
	select {
	case m := <-s.taken:
		t.Errorf("half a mail was taken: %.100q", m.Data)
	default:
	}
}

func smtpGone(t *testing.T, tls string) {
	s := smtpSite(t, tls)
	calls := 0
	line := strings.Repeat("and so on\r\n", 5000)
	h := s.mail(opt.Upload(true), opt.ReadFunction(func(p []byte) (int, error) {
		if calls++; calls == 3 {
			s.gone()
		}
		return copy(p, line), nil
	}))
	var e *curl.Error
	if err := h.Perform(patient(t)); !errors.As(err, &e) || e.Timeout() {
		t.Errorf("%v", err)
	}
}
