package curl_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// waitsInside is the URL of a file whose FTP server says nothing any more when it has sent it; inside is closed when libcurl
// has closed the data connection, after which it waits for that in the same step.
func waitsInside(t *testing.T) (url string, inside <-chan struct{}) {
	data, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	inside, isInside := signal()
	go func() {
		defer isInside()
		c, err := data.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		io.WriteString(c, "by FTP")
		c.(*net.TCPConn).CloseWrite()
		io.Copy(io.Discard, c)
	}()
	s := testserver.NewScript(t, lines("220 hello\r\n", func(line string) (string, bool) {
		switch verb, _, _ := strings.Cut(line, " "); verb {
		case "PWD":
			return "257 \"/\" is it\r\n", true
		case "EPSV":
			return fmt.Sprintf("229 come in (|||%d|)\r\n", data.Addr().(*net.TCPAddr).Port), true
		case "SIZE":
			return "213 6\r\n", true
		case "RETR":
			return "150 here it comes\r\n", true
		}
		return "230 yes\r\n", true
	}, newQuiet()))
	return "ftp://" + s.Addr() + "/file", inside
}

// TestCancelAfterACallbackHasChangedProgress: what libcurl is asked to stop by is progress, which was off then for the rest of
// the transfer.
func TestCancelAfterACallbackHasChangedProgress(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	heard := opt.XferInfoFunction(func(opt.Progress) error { return nil })
	for name, changes := range map[string][]opt.Option{
		"nothing":               nil,
		"a function":            {heard},
		"a function taken back": {heard, opt.XferInfoFunction(nil)},
		"switched off":          {opt.NoProgress(true)},
		"switched on and off":   {opt.NoProgress(false), opt.NoProgress(true)},
		"switched on":           {heard, opt.NoProgress(false)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, inside := waitsInside(t)
			var h *curl.Easy
			h = handleWith(t, opt.URL(url), opt.NoProxy("*"), opt.WriteFunction(func([]byte) error {
				for _, o := range changes {
					if err := h.Set(o); err != nil {
						return err
					}
				}
				return nil
			}))
			go func() {
				<-inside
				h.Cancel()
			}()
			unheld(t, func() {
				if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrCancelled) {
					t.Error(err)
				}
			})
		})
	}
}
