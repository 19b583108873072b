package curl_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// quiet says how far a server has come.
type quiet struct {
	silent, gone <-chan struct{} // it says nothing any more; it has read all that the client sent
	isSilent     func()
	isGone       func()
}

func newQuiet() (q quiet) {
	q.silent, q.isSilent = signal()
	q.gone, q.isGone = signal()
	return q
}

// lines answers line by line, until there is one with which the server is to say nothing any more. It goes on listening.
func lines(greeting string, answer func(line string) (say string, on bool), q quiet) testserver.Script {
	return testserver.Script{testserver.Do("answer lines", func(c *testserver.ScriptConn) error {
		io.WriteString(c, greeting)
		for on := true; on; {
			line, err := c.Reader.ReadString('\n')
			if err != nil {
				return nil // the client has gone
			}
			var say string
			say, on = answer(strings.TrimSpace(line))
			io.WriteString(c, say)
		}
		q.isSilent()
		return nil
	}), testserver.Drain(), testserver.Do("be gone", func(*testserver.ScriptConn) error {
		q.isGone()
		return nil
	})}
}

// smtpSilent is a mail server that goes silent with this line.
func smtpSilent(with string, q quiet) testserver.Script {
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
	}, q)
}

// imapSilent is one whose mailbox has a mail, of which it gives out the beginning, and which takes the beginning of another.
func imapSilent(with string, q quiet) testserver.Script {
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
	}, q)
}

// half is what is sent of a text before its reader waits for the end of the test.
const half = "Subject: half\r\n\r\nhalf of it\r\n"

// TestStoppedWhileAMailServerIsSilent: for libcurl the end of such a transfer is none that was too early. It waited for an
// answer inside curl_multi_remove_handle, two minutes at most, and before 8.7.0 told the server that the mail was complete.
func TestStoppedWhileAMailServerIsSilent(t *testing.T) {
	upload := []opt.Option{opt.Upload(true), opt.MailFrom("<a@example.com>"), opt.MailRecipients([]string{"<b@example.com>"})}
	cases := []struct {
		scheme, path, with string
		server             func(with string, q quiet) testserver.Script
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
		for where, perform := range map[string]func(*testing.T, *curl.Easy) error{"own": performOwn, "multi": performInMulti} {
			t.Run(c.scheme+" "+c.with+" "+where, func(t *testing.T) {
				if !speaks(t, c.scheme) {
					return
				}
				q := newQuiet()
				s := testserver.NewScript(t, c.server(c.with, q))
				h := newHandle(t, append([]opt.Option{opt.URL(c.scheme + "://" + s.Addr() + c.path), opt.NoProxy("*"),
					opt.ReadFunction(halfOf(half))}, c.options...)...)
				if c.scheme == "imap" {
					set(t, h, opt.UserPassword("user:secret"))
				}
				go func() {
					<-q.silent
					h.Cancel()
				}()
				promptly(t, "the end of the transfer", func() {
					if err := perform(t, h); !errors.Is(err, curl.ErrCancelled) {
						t.Errorf("%v", err)
					}
				})
				await(t, "the end of the connection", q.gone)
				if got := s.Received(0); strings.Contains(got, "\r\n.\r\n") {
					t.Errorf("libcurl has sent %q", got)
				}
			})
		}
	}
}

func performOwn(t *testing.T, h *curl.Easy) error { return h.Perform(bounded(t)) }

func performInMulti(t *testing.T, h *curl.Easy) error {
	m := newMulti(t)
	addAll(t, m, h)
	messages := runAll(t, m)
	if len(messages) != 1 {
		t.Fatalf("%d messages", len(messages))
	}
	return messages[0].Err
}

// TestAStoppedMailCanBeSentAgain: what keeps libcurl from concluding it is taken back.
func TestAStoppedMailCanBeSentAgain(t *testing.T) {
	if !speaks(t, "smtp") {
		return
	}
	q := newQuiet()
	s := testserver.NewScript(t, smtpSilent("half of it", q), mailbox)
	h := handleWith(t, opt.URL("smtp://"+s.Addr()+"/me"), opt.NoProxy("*"), opt.Upload(true), opt.MailFrom("<a@example.com>"),
		opt.MailRecipients([]string{"<b@example.com>", "<c@example.com>"}), opt.ReadFunction(halfOf(half)))
	go func() {
		<-q.silent
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

// TestTheTimeoutOutlivesACancel: it is what makes libcurl wait no longer, and what it was before is put back.
func TestTheTimeoutOutlivesACancel(t *testing.T) {
	for name, limit := range map[string]opt.Option{"milliseconds": opt.Timeout(900 * time.Millisecond), "seconds": opt.TimeoutSeconds(time.Second)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked, ask := signal()
			asks := testserver.Do("be asked", func(*testserver.ScriptConn) error {
				ask()
				return nil
			})
			s := testserver.NewScript(t, testserver.Script{testserver.ExpectHead(), asks, testserver.Drain()},
				testserver.Script{testserver.ExpectHead(), testserver.Drain()})
			h := newHandle(t, opt.URL("http://"+s.Addr()+"/"), opt.NoProxy("*"), limit)
			if err := h.Set(opt.NoProxy("*"), opt.RawLong(opt.IDTimeoutSeconds, -1)); err == nil {
				set(t, h, limit) // this libcurl takes a timeout of -1; others keep what they have
			}
			go func() {
				<-asked
				h.Cancel()
			}()
			if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) {
				t.Errorf("%v", err)
			}
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { clone.Close() })
			for _, h := range []*curl.Easy{h, clone} {
				began := time.Now()
				err := h.Perform(bounded(t))
				if d := time.Since(began); !errors.Is(err, codes.OperationTimedOut) || d < 800*time.Millisecond {
					t.Errorf("%v after %v", err, d)
				}
			}
		})
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
