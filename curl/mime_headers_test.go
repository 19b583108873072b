package curl_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A mail of parts has the header lines of opt.HTTPHeader, and libcurl remembers where they were: with other lines set since, to
// clone the handle read freed memory, and mostly ended the process.
func TestCloneAfterAMailWithOtherHeaders(t *testing.T) {
	for name, change := range map[string]func(h *curl.Easy) error{
		"other": func(h *curl.Easy) error { return h.Set(opt.HTTPHeader([]string{"Subject: second"})) },
		"none":  func(h *curl.Easy) error { return h.Unset(opt.IDHTTPHeader) },
		"other, no parts": func(h *curl.Easy) error {
			return errors.Join(h.Set(opt.HTTPHeader([]string{"Subject: second"})), h.SetMIME(nil))
		},
		"all anew": (*curl.Easy).Reset,
	} {
		t.Run(name, func(t *testing.T) {
			if !speaks(t, "smtp") {
				return
			}
			s := testserver.NewScript(t, smtpSilent("never", newQuiet()), smtpSilent("never", newQuiet()))
			mail := []opt.Option{opt.URL("smtp://" + s.Addr() + "/me"), opt.NoProxy("*"),
				opt.MailFrom("<a@example.com>"), opt.MailRecipients([]string{"<b@example.com>"})}
			h := handleWith(t, mail...)
			lines := []string{"Subject: first"}
			for i := range 20 {
				lines = append(lines, fmt.Sprintf("X-Line-%d: %s", i, strings.Repeat("long", i)))
			}
			setAll(t, h, opt.HTTPHeader(lines))
			setMIME(t, h, curl.Part{Text: "hello"})
			perform(t, h)
			if err := change(h); err != nil {
				t.Fatal(err)
			}
			clone, err := h.Clone()
			if err != nil {
				t.Fatal(err)
			}
			defer clone.Close()
			h.Close() // what the clone has is its own
			setMIME(t, clone, curl.Part{Text: "hello again"})
			setAll(t, clone, mail...)
			perform(t, clone)
			for i, want := range map[int]bool{0: true, 1: false} {
				if got := s.Received(i); strings.Contains(got, "Subject: first\r\n") != want || strings.Contains(got, "X-Line-19: longlong") != want {
					t.Errorf("mail %d: %q", i, got)
				}
			}
			if got := s.Received(1); strings.Contains(got, "Subject: second\r\n") != strings.HasPrefix(name, "other") || !strings.Contains(got, "hello again") {
				t.Errorf("the clone's mail: %q", got)
			}
		})
	}
}
