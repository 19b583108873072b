package curl_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// unheld does what a server that says nothing any more is not to hold up: libcurl looks once a second, or waits for minutes.
func unheld(t *testing.T, do func()) {
	t.Helper()
	begun := time.Now()
	do()
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// keepsQuit has an FTP server say nothing to QUIT.
func keepsQuit(_ context.Context, verb, _ string) (string, bool) { return "", verb == "QUIT" }

// oneMail sends a mail to a server.
func oneMail(s *testserver.ScriptServer) []opt.Option {
	return []opt.Option{opt.URL("smtp://" + s.Addr() + "/me"), opt.NoProxy("*"), opt.Upload(true),
		opt.ReadFunction(strings.NewReader(half).Read), opt.MailFrom("<a@example.com>"), opt.MailRecipients([]string{"<b@example.com>"})}
}

// libcurl waits inside a step for these answers of an FTP server, one to two minutes if it is let. A cancelled transfer
// was only over then.
func TestCancelWaitsForNoAnswerOfAnFTPServer(t *testing.T) {
	for name, test := range map[string]struct {
		redirected bool
		options    []opt.Option
		done, quit bool // what the server keeps to itself: the reply after the data, or to QUIT
	}{
		"after the data":                {done: true},
		"after a redirect":              {done: true, redirected: true},
		"with a progress function":      {done: true, options: []opt.Option{opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return nil })}},
		"with one that is switched off": {done: true, options: []opt.Option{opt.XferInfoFunction(func(opt.Progress) error { return nil })}},
		"to QUIT":                       {quit: true, options: []opt.Option{opt.ForbidReuse(true)}},
		"where progress is switched on": {done: true, options: []opt.Option{opt.NoProgress(false)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !speaks(t, "ftp") {
				return
			}
			if test.redirected {
				privately(t, "TestEngineFollowsToFTPWhenDetached")
			}
			silent, isSilent := signal()
			gate := testserver.NewGate()
			config := testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}, Hook: func(_ context.Context, verb, _ string) (string, bool) {
				if !test.quit || verb != "QUIT" {
					return "", false
				}
				isSilent()
				return "", true
			}}
			if test.done {
				config.Done = gate
				arrived := gate.Arrived(1)
				go func() { <-arrived; isSilent() }()
			}
			f := testserver.NewFTP(t, config)
			url := f.URL("/file")
			if test.redirected {
				url = testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.RedirectHandler(url, http.StatusFound)}).URL("/own/away")
			}
			h := handleWith(t, append(test.options, opt.URL(url), opt.NoProxy("*"), opt.FollowLocation(true))...)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go func() { <-silent; cancel() }()
			unheld(t, func() {
				if err := h.Perform(ctx); !errors.Is(err, context.Canceled) {
					t.Errorf("Perform: %v", err)
				}
			})
		})
	}
}

// silentAfterData is the URL of a file whose FTP server says nothing any more when it has sent it; silent is closed then.
func silentAfterData(t *testing.T) (url string, silent <-chan struct{}) {
	gate := testserver.NewGate()
	silent = gate.Arrived(1)
	return testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}, Done: gate}).URL("/file"), silent
}

func TestMultiTakesOutWhatWaitsForAnFTPServer(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	for name, end := range map[string]func(m *curl.Multi, h *curl.Easy) error{
		"Close":  func(m *curl.Multi, _ *curl.Easy) error { return m.Close() },
		"Remove": (*curl.Multi).Remove,
		"Cancel": func(_ *curl.Multi, h *curl.Easy) error { return h.Cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, silent := silentAfterData(t)
			m := newMulti(t)
			h := handleWith(t, opt.URL(url), opt.NoProxy("*"), opt.NoProgress(false),
				opt.XferInfoFunction(func(opt.Progress) error { return nil }))
			addAll(t, m, h)
			over := make(chan struct{})
			go func() {
				defer close(over)
				for {
					running, err := m.Perform()
					if err == nil {
						_, err = m.Poll(t.Context(), time.Second)
					}
					if err != nil || running == 0 {
						return
					}
				}
			}()
			<-silent
			unheld(t, func() {
				if err := end(m, h); err != nil {
					t.Error(err)
				}
				<-over
				if err := errors.Join(m.Close(), h.Close()); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestCancelWaitsForNoAnswerInAConfinedShare(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	url, silent := silentAfterData(t)
	h := handleWith(t, opt.URL(url), opt.NoProxy("*"), opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return nil }))
	if err := newConfined(t, curl.ShareCookies).Attach(h); err != nil {
		t.Fatal(err)
	}
	go func() { <-silent; h.Cancel() }()
	unheld(t, func() {
		if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) {
			t.Error(err)
		}
	})
}

// Nothing is left of the first transfer after Reset but its connection: no socket is opened that could be looked at.
func TestCancelWaitsForNoAnswerOnAConnectionFromBeforeReset(t *testing.T) {
	if !speaks(t, "smtp") {
		return
	}
	mails, text := 0, false
	q := newQuiet()
	s := testserver.NewScript(t, lines("220 hello\r\n", func(line string) (string, bool) {
		switch {
		case text && line != ".":
			return "", true
		case text:
			text = false
			if mails++; mails == 2 {
				return "", false
			}
			return "250 taken\r\n", true
		case line == "DATA":
			text = true
			return "354 go on\r\n", true
		}
		return "250 yes\r\n", true
	}, q))
	h := handleWith(t)
	send := func() error {
		setAll(t, h, oneMail(s)...)
		return h.Perform(bounded(t))
	}
	if err := errors.Join(send(), h.Reset()); err != nil {
		t.Fatal(err)
	}
	go func() { <-q.silent; h.Cancel() }()
	unheld(t, func() {
		if err := send(); !errors.Is(err, curl.ErrCancelled) {
			t.Errorf("%v", err)
		}
	})
}

// A connection that is kept says goodbye when the handle is closed, and libcurl 7.x then waits two minutes for the answer.
func TestCloseWaitsForNoAnswerToAGoodbye(t *testing.T) {
	for name, close := range map[string]func(h *curl.Easy) error{
		"of a handle": (*curl.Easy).Close,
		"of a clone's original": func(h *curl.Easy) error {
			clone, err := h.Clone()
			if err != nil {
				return err
			}
			return errors.Join(h.Close(), clone.Close())
		},
	} {
		for scheme, server := range map[string]func(t *testing.T) (options []opt.Option){
			"ftp": func(t *testing.T) []opt.Option {
				f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}, Hook: keepsQuit})
				return []opt.Option{opt.URL(f.URL("/file")), opt.NoProxy("*")}
			},
			"smtp": func(t *testing.T) []opt.Option {
				return oneMail(testserver.NewScript(t, smtpSilent("QUIT", newQuiet())))
			},
		} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				if !speaks(t, scheme) {
					return
				}
				h := handleWith(t, server(t)...)
				if err := h.Perform(bounded(t)); err != nil {
					t.Fatal(err)
				}
				unheld(t, func() {
					if err := close(h); err != nil {
						t.Error(err)
					}
				})
			})
		}
	}
}

func TestCloseWaitsForNoneOfManyGoodbyes(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	const servers = 20
	h := handleWith(t, opt.NoProxy("*"), opt.MaxConnects(servers))
	for range servers {
		f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}, Hook: keepsQuit})
		setAll(t, h, opt.URL(f.URL("/file")))
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}
	unheld(t, func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Progress is on for us in a transfer by FTP; the user is not to notice.
func TestProgressIsTheUsersAfterATransferByFTP(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}})
	heard := 0
	count := opt.XferInfoFunction(func(opt.Progress) error { heard++; return nil })
	h := handleWith(t, opt.URL(f.URL("/file")), opt.NoProxy("*"))
	perform := func(h *curl.Easy) {
		t.Helper()
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}
	perform(h)
	setAll(t, h, count)
	perform(h)
	clone, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	perform(clone)
	if heard > 0 {
		t.Errorf("the function was called %d times without NoProgress(false)", heard)
	}
	setAll(t, h, opt.NoProgress(false))
	perform(h)
	if heard == 0 {
		t.Error("the function was not called with NoProgress(false)")
	}
	on := handleWith(t, opt.URL(f.URL("/file")), opt.NoProxy("*"), opt.NoProgress(false))
	perform(on)
	other, err := on.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for name, h := range map[string]*curl.Easy{"before the function": on, "in the original": other} {
		heard = 0
		setAll(t, h, count)
		perform(h)
		if heard == 0 {
			t.Errorf("the function was not called where progress was switched on %s", name)
		}
	}
	setAll(t, h, opt.NoProgress(true))
	heard = 0
	perform(h)
	if heard > 0 {
		t.Errorf("the function was called %d times with NoProgress(true)", heard)
	}
}
