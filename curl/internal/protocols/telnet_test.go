//go:build unix

package protocols

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A session with cat, on a terminal, after the negotiation of a real server.
func TestTelnet(t *testing.T) {
	t.Parallel()
	bin := need(t, "telnetd")
	needRoot(t) // for the terminal
	at, cut := inetd(t, nil, bin[0], "-E", "/bin/cat")
	url := opt.URL("telnet://" + at)
	const server = "GNU inetutils telnetd"
	try(t, "telnet", server, "session", func(t *testing.T) {
		typed := []string{"hello over there\r\n", "\x04"}
		h := handle(t, url, opt.ReadFunction(func(p []byte) (int, error) {
			if len(typed) == 0 {
				return 0, io.EOF
			}
			n := copy(p, typed[0])
			typed = typed[1:]
			return n, nil
		}))
		if said := fetched(t, h); !strings.Contains(said, "hello over there") {
			t.Errorf("the session is %q", said)
		}
	})
	// shows says something and calls then when the terminal answers.
	shows := func(t *testing.T, then func(h *curl.Easy)) error {
		said := false
		var h *curl.Easy
		h = handle(t, url, opt.ReadFunction(func(p []byte) (int, error) {
			if said {
				return 0, opt.ErrPause
			}
			said = true
			return copy(p, "hello\r\n"), nil
		}), opt.WriteFunction(func([]byte) error { then(h); return nil }))
		return h.Perform(bounded(t))
	}
	try(t, "telnet", server, "cancellation", func(t *testing.T) {
		if err := shows(t, func(h *curl.Easy) { h.Cancel() }); !errors.Is(err, curl.ErrCancelled) {
			t.Errorf("the error is %v", err)
		}
	})
	// The end of the connection is the end of a session, whatever ended it.
	try(t, "telnet", server, "server gone half-way", func(t *testing.T) {
		if err := shows(t, func(*curl.Easy) { cut() }); errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
	})
}
