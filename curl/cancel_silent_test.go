package curl_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// lines answers line by line, until there is one with which the server is to say nothing any more. It goes on listening.
func lines(greeting string, answer func(line string) (say string, on bool), silent func()) testserver.Script {
	return testserver.Script{testserver.Do("answer lines", func(c *testserver.ScriptConn) error {
		for say, on := greeting, true; on; {
			io.WriteString(c, say)
			line, err := c.Reader.ReadString('\n')
			if err != nil {
				return nil // the client has gone
			}
			say, on = answer(strings.TrimSpace(line))
			if !on {
				io.WriteString(c, say)
			}
		}
		silent()
		return nil
	}), testserver.Drain()}
}

// smtpSilent is a mail server that goes silent with this line.
func smtpSilent(with string, silent func()) testserver.Script {
	text := false
	return lines("220 hello\r\n", func(line string) (string, bool) {
		verb, _, _ := strings.Cut(line, " ")
		switch {
		case line == with || verb == with:
			return "", false
		case text && line != ".":
			return "", true
		case text:
			text = false
			return "250 taken\r\n", true
		case verb == "DATA":
			text = true
			return "354 go on\r\n", true
		}
		return "250 yes\r\n", true
	}, silent)
}

// imapSilent is one whose mailbox has a mail, of which it gives out the beginning, and which takes the beginning of another.
func imapSilent(with string, silent func()) testserver.Script {
	return lines("* OK hello\r\n", func(line string) (string, bool) {
		tag, command, _ := strings.Cut(line, " ")
		verb, _, _ := strings.Cut(strings.TrimPrefix(command, "UID "), " ")
		switch {
		case verb == with && verb == "FETCH":
			return "* 1 FETCH (UID 1 BODY[] {100000}\r\nthe beginning\r\n", false
		case verb == with, line == with:
			return "", false
		case verb == "CAPABILITY":
			return fmt.Sprintf("* CAPABILITY IMAP4rev1\r\n%s OK\r\n", tag), true
		case verb == "APPEND":
			return "+ go on\r\n", true
		}
		return tag + " OK\r\n", true
	}, silent)
}

// half is what is sent of a text before its reader waits for the end of the test.
const half = "Subject: half\r\n\r\nhalf of it\r\n"

// TestStoppedWhileAMailServerIsSilent: for libcurl the end of such a transfer is none that was too early. It waited for an
// answer inside curl_multi_remove_handle, two minutes at most, and before 8.7.0 told the server that the mail was complete.
func TestStoppedWhileAMailServerIsSilent(t *testing.T) {
	upload := []opt.Option{opt.Upload(true), opt.MailFrom("<a@example.com>"), opt.MailRecipients([]string{"<b@example.com>"})}
	cases := []struct {
		scheme, path, with string
		server             func(with string, silent func()) testserver.Script
		options            []opt.Option
	}{
		{"smtp", "/me", "EHLO", smtpSilent, upload},
		{"smtp", "/me", "MAIL", smtpSilent, upload},
		{"smtp", "/me", "RCPT", smtpSilent, upload},
		{"smtp", "/me", "half of it", smtpSilent, upload},
		{"imap", "/INBOX;UID=1", "LOGIN", imapSilent, nil},
		{"imap", "/INBOX;UID=1", "FETCH", imapSilent, nil},
		{"imap", "/INBOX", "APPEND", imapSilent, append(upload, opt.InFileSize(1000))},
		{"imap", "/INBOX", "half of it", imapSilent, append(upload, opt.InFileSize(1000))},
	}
	for _, c := range cases {
		for _, where := range []string{"own", "engine"} {
			t.Run(c.scheme+" "+c.with+" "+where, func(t *testing.T) {
				if !speaks(t, c.scheme) {
					return
				}
				silent, isSilent := signal()
				s := testserver.NewScript(t, c.server(c.with, isSilent))
				options := append([]opt.Option{opt.URL(c.scheme + "://" + s.Addr() + c.path), opt.NoProxy("*"),
					opt.ReadFunction(halfOf(half))}, c.options...)
				if c.scheme == "imap" {
					options = append(options, opt.UserPassword("user:secret"))
				}
				var h *curl.Easy
				if where == "own" {
					h = handleWith(t, options...)
				} else {
					h = engineHandle(t, newEngine(t, curl.EngineConfig{}), options...)
				}
				go func() {
					<-silent
					h.Cancel()
				}()
				promptly(t, "the end of the transfer", func() {
					if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) {
						t.Errorf("%v", err)
					}
				})
				h.Close()
				s.Close()
				if got := s.Received(0); strings.Contains(got, "\r\n.\r\n") {
					t.Errorf("libcurl has sent %q", got)
				}
			})
		}
	}
}

// TestAStoppedMailCanBeSentAgain: what keeps libcurl from concluding it is taken back.
func TestAStoppedMailCanBeSentAgain(t *testing.T) {
	if !speaks(t, "smtp") {
		return
	}
	silent, isSilent := signal()
	s := testserver.NewScript(t, smtpSilent("half of it", isSilent), smtpSilent("never", nil))
	h := handleWith(t, opt.URL("smtp://"+s.Addr()+"/me"), opt.NoProxy("*"), opt.Upload(true), opt.MailFrom("<a@example.com>"),
		opt.MailRecipients([]string{"<b@example.com>", "<c@example.com>"}), opt.ReadFunction(halfOf(half)))
	go func() {
		<-silent
		h.Cancel()
	}()
	if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) {
		t.Fatalf("%v", err)
	}
	if err := h.Input(strings.NewReader("all\r\n")); err != nil {
		t.Fatal(err)
	}
	perform(t, h)
	for _, line := range []string{"MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "RCPT TO:<c@example.com>", "all\r\n."} {
		if got := s.Received(1); !strings.Contains(got, "\r\n"+line+"\r\n") {
			t.Errorf("no %q in %q", line, got)
		}
	}
}

// halfOf reads a text, and then waits for ever.
func halfOf(text string) func(p []byte) (int, error) {
	r := strings.NewReader(text)
	return func(p []byte) (int, error) {
		if r.Len() == 0 {
			return 0, opt.ErrPause
		}
		return r.Read(p)
	}
}
