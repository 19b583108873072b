package protocols

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// smtpServer prints each mail that it takes as a line of JSON to its descriptor 4. Its socket is number 3.
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
        print(json.dumps({"From": envelope.mail_from, "To": envelope.rcpt_tos, "Data": envelope.content.decode("latin-1")}), file=mails, flush=True)
        return "250 kept"

def login(server, session, envelope, mechanism, data):
    return AuthResult(success=isinstance(data, LoginPassword) and data.login == b"user" and data.password == b"secret", handled=False)

mails = open(4, "w")
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

// mailbox is what a running smtpServer has taken.
type mailbox struct {
	*process
	options []opt.Option // of a mail
	taken   <-chan post
}

// post is one mail of it.
type post struct {
	From string
	To   []string
	Data string
}

// startSMTP starts a server. tls is "", "explicit" or "implicit".
func startSMTP(t *testing.T, id identity, tls string) mailbox {
	t.Helper()
	need(t, "aiosmtpd")
	l, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
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
	cmd := exec.Command("/usr/bin/python3", "-c", smtpServer, tls, id.cert, id.key) // Debian's, which has Debian's modules
	cmd.ExtraFiles = []*os.File{socket, in}
	p := daemon(t, cmd)
	taken := make(chan post, 10)
	t.Cleanup(func() { out.Close() })
	go func() {
		lines := json.NewDecoder(bufio.NewReader(out))
		for one := (post{}); lines.Decode(&one) == nil; one = (post{}) {
			taken <- one
		}
	}()
	scheme := "smtp"
	if tls == "implicit" {
		scheme = "smtps"
	}
	options := []opt.Option{opt.URL(scheme + "://" + at + "/client.example"), opt.UserPassword("user:secret"), opt.MailFrom("<joe@example.com>"),
		opt.MailRecipients([]string{"<ann@example.com>", "<bob@example.com>"}), opt.CAInfo(id.ca)}
	if tls != "" {
		options = append(options, opt.UseSSL(opt.UseSSLAll))
	}
	return mailbox{p, options, taken}
}

// arrives is the mail that the server has taken.
func (m mailbox) arrives(t *testing.T) string {
	t.Helper()
	select {
	case one := <-m.taken:
		if one.From != "joe@example.com" || strings.Join(one.To, " ") != "ann@example.com bob@example.com" {
			t.Errorf("the mail is from %s to %q", one.From, one.To)
		}
		return one.Data
	case <-bounded(t).Done():
		t.Fatal("no mail arrives")
	}
	return ""
}

func TestSMTP(t *testing.T) {
	t.Parallel()
	id := newIdentity(t)
	for tls, protocol := range map[string]string{"": "smtp", "explicit": "smtp with TLS", "implicit": "smtps"} {
		m := startSMTP(t, id, tls)
		letter := "Subject: hello\r\n\r\nHello,\r\n.\r\n..two dots\r\n" + strings.Repeat("a line\r\n", 20_000)
		upload := func(t *testing.T, more ...opt.Option) *curl.Easy {
			h := handle(t, with(m.options, append(more, opt.Upload(true))...)...)
			if err := h.Input(strings.NewReader(letter)); err != nil {
				t.Fatal(err)
			}
			return h
		}
		try(t, protocol, "aiosmtpd", "mail", func(t *testing.T) {
			h := upload(t)
			fetched(t, h)
			if got := m.arrives(t); got != letter {
				t.Errorf("%d bytes arrived, %.200q", len(got), got)
			}
		})
		try(t, protocol, "aiosmtpd", "MIME mail", func(t *testing.T) { m.parts(t) })
		try(t, protocol, "aiosmtpd", "wrong password", func(t *testing.T) {
			fails(t, upload(t, opt.UserPassword("user:wrong")), codes.LoginDenied)
		})
		try(t, protocol, "aiosmtpd", "refused recipient", func(t *testing.T) {
			fails(t, upload(t, opt.MailRecipients([]string{"<nobody@example.com>"})), codes.SendError)
		})
		try(t, protocol, "aiosmtpd", "cancellation", func(t *testing.T) {
			h := endless(t, m, 3, func(h *curl.Easy) { h.Cancel() })
			if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) || len(m.taken) > 0 {
				t.Errorf("the error is %v, %d mails were taken", err, len(m.taken))
			}
		})
		try(t, protocol, "aiosmtpd", "server gone half-way", func(t *testing.T) {
			var e *curl.Error
			h := endless(t, m, 3, func(*curl.Easy) { m.kill() })
			if err := h.Perform(bounded(t)); !errors.As(err, &e) || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// endless is a mail without an end, of which so many pieces are sent before then is called.
func endless(t *testing.T, m mailbox, pieces int, then func(h *curl.Easy)) (h *curl.Easy) {
	t.Helper()
	line := strings.Repeat("and so on\r\n", 5000)
	h = handle(t, with(m.options, opt.Upload(true), opt.ReadFunction(func(p []byte) (int, error) {
		if pieces--; pieces == 0 {
			then(h)
		}
		return copy(p, line), nil
	}))...)
	return h
}

// parts sends a mail with alternatives and an attachment.
func (m mailbox) parts(t *testing.T) {
	attached := string(testserver.PatternBytes(100_000))
	form, err := curl.NewMIME(
		curl.Part{Parts: []curl.Part{{Text: "plain"}, {Text: "<b>bold</b>", Type: "text/html"}}, Type: "multipart/alternative",
			Headers: []string{"Content-Disposition: inline"}},
		curl.Part{Reader: strings.NewReader(attached), FileName: "data.bin", Encoding: curl.EncodeBase64},
	)
	if err != nil {
		t.Fatal(err)
	}
	h := handle(t, with(m.options, opt.HTTPHeader([]string{"Subject: parts", "From: joe@example.com"}))...)
	if err := h.SetMIME(form); err != nil {
		t.Fatal(err)
	}
	fetched(t, h)
	wantParts(t, m.arrives(t), "parts", "plain", "<b>bold</b>", attached)
}
