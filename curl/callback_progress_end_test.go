//go:build unix

package curl_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// openSockets counts the sockets of a handle that have not been closed.
func openSockets(h *curl.Easy, t *testing.T) *int {
	n := new(int)
	setAll(t, h, opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) { *n++; return openSocket(a) }),
		opt.CloseSocketFunction(func(fd uintptr) error { *n--; return os.NewFile(fd, "socket").Close() }))
	return n
}

// libcurl, told to end a transfer that has just come to its end, forgot the connection, which stayed open, and 7.74.0 took the
// head of that response for the next transfer's: "Received HTTP/0.9". libcurl asks some times after the body.
func TestProgressThatEndsATransferAtItsEndLosesNoConnection(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	stop := errors.New("stop")
	for name, end := range map[string]func(*curl.Easy) (err, want error){
		"its error": func(*curl.Easy) (err, want error) { return stop, stop },
		"Cancel":    func(h *curl.Easy) (err, want error) { return h.Cancel(), curl.ErrCancelled },
	} {
		for where, performs := range map[string]func(*testing.T) func(*curl.Easy) error{
			"alone": func(t *testing.T) func(*curl.Easy) error {
				return func(h *curl.Easy) error { return h.Perform(bounded(t)) }
			},
			"in a Multi": func(t *testing.T) func(*curl.Easy) error {
				m := newMulti(t)
				return func(h *curl.Easy) error {
					addAll(t, m, h)
					err := runAll(t, m)[0].Err
					return errors.Join(err, m.Remove(h))
				}
			},
		} {
			for at := 1; at <= 6; at++ {
				t.Run(fmt.Sprint(name, " ", where, " at call ", at), func(t *testing.T) {
					calls := 0
					var h *curl.Easy
					var want error
					h = easy(t, opt.URL(s.URL("/")), opt.NoProgress(false), opt.XferInfoFunction(func(p opt.Progress) (err error) {
						if p.Downloaded > 0 {
							if calls++; calls == at {
								err, want = end(h)
							}
						}
						return err
					}))
					open, perform := openSockets(h, t), performs(t)
					for range 5 {
						calls, want = 0, nil
						if err := perform(h); !errors.Is(err, want) {
							t.Fatalf("%v, want %v", err, want)
						}
						calls = at // and no more
						if err := perform(h); err != nil {
							t.Fatalf("the next transfer: %v", err)
						}
					}
					if *open > 1 {
						t.Errorf("%d connections are open", *open)
					}
				})
			}
		}
	}
}
