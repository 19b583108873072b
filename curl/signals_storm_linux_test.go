package curl_test

import (
	"os"
	"strconv"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Go's runtime interrupts threads with SIGURG, also in the moment in which they enter libcurl. Releases before 7.85.0 took
// that for a failure of the socket: "select/poll on SSL socket, errno: 4", as GOMAXPROCS=8 on two processors brought up.
func TestSignalsFailNoHandshake(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			threads, _ := os.ReadDir("/proc/self/task")
			for _, thread := range threads {
				select {
				case <-stop:
					return
				default:
				}
				if id, err := strconv.Atoi(thread.Name()); err == nil {
					syscall.Tgkill(syscall.Getpid(), id, syscall.SIGURG)
				}
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-stopped })
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.FreshConnect(true), opt.ForbidReuse(true), opt.SSLSessionIDCache(false))
	for range testserver.Fewer(t, 100, 40, "handshakes") {
		if err := h.Perform(bounded(t)); err != nil {
			t.Fatal(err)
		}
	}
}
