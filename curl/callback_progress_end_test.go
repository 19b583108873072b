//go:build unix

package curl_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

var errStopped = errors.New("stop")

// progressEnds are the ways in which a progress function ends its transfer: what it returns, and the error of that.
var progressEnds = map[string]func(*curl.Easy) (err, want error){
	"its error": func(*curl.Easy) (err, want error) { return errStopped, errStopped },
	"Cancel":    func(h *curl.Easy) (err, want error) { return h.Cancel(), curl.ErrCancelled },
}

// libcurl, told to end a transfer that has just come to its end, forgot the connection, which stayed open, and 7.74.0 took the
// head of that response for the next transfer's: "Received HTTP/0.9". libcurl asks some times after the body.
func TestProgressThatEndsATransferAtItsEndLosesNoConnection(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, end := range progressEnds {
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

// What is ended before its request must not be sent: a POST may do harm.
func TestProgressThatEndsATransferBeforeItsRequestSendsNone(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, end := range progressEnds {
		t.Run(name, func(t *testing.T) {
			privately(t, "TestProgressThatEndsATransferBeforeItsRequestSendsNone") // an engine's is told later
			var h *curl.Easy
			var want error
			h = easy(t, opt.URL(s.URL("/")), opt.NoProxy("*"), opt.NoProgress(false), opt.PostFields([]byte("order")),
				opt.XferInfoFunction(func(opt.Progress) (err error) { err, want = end(h); return err }))
			for range 2 { // the second time behind a transfer that was made, on its connection
				served := s.Served()
				for range 20 {
					want = nil
					if err := h.Perform(bounded(t)); !errors.Is(err, want) || want == nil {
						t.Fatalf("%v, want %v", err, want)
					}
				}
				if n := s.Served() - served; n > 0 {
					t.Errorf("%d requests were sent", n)
				}
				setAll(t, h, opt.NoProgress(true))
				perform(t, h)
				setAll(t, h, opt.NoProgress(false))
			}
		})
	}
}

// A local file is all in one step, with a question for every 16 KiB. Ended at its end, 7.x left it open.
func TestProgressThatEndsALocalFileLeavesItNotOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, make([]byte, 20<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	open := func() (n int) {
		descriptors, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("only /proc tells: ", err)
		}
		for _, d := range descriptors {
			if to, _ := os.Readlink("/proc/self/fd/" + d.Name()); to == path {
				n++
			}
		}
		return n
	}
	calls, at := 0, -1
	h := easy(t, opt.URL("file://"+path), opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error {
		if calls++; calls == at {
			return errStopped
		}
		return nil
	}))
	perform(t, h)
	for _, at = range []int{calls - 3, calls - 2, calls - 1, calls, 500} {
		calls = 0
		if err := h.Perform(bounded(t)); !errors.Is(err, errStopped) {
			t.Errorf("at call %d: %v", at, err)
		}
	}
	if n := open(); n > 1 { // the handle keeps its connection, which is the file
		t.Errorf("it is open %d times", n)
	}
}
