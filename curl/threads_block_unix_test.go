//go:build unix

package curl

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestBlockingInsideLibcurlDelaysNobody: libcurl reads from files that are pipes, and nothing comes.
func TestBlockingInsideLibcurlDelaysNobody(t *testing.T) {
	const readers = 50
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	one, all := counted(readers)
	ended := make(chan error, readers)
	var pipes []*os.File
	for i := range readers {
		name := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Fatal(err)
		}
		pipe, err := os.OpenFile(name, os.O_RDWR, 0) // so that there is a writer from the start
		if err != nil {
			t.Fatal(err)
		}
		pipes = append(pipes, pipe)
		h := lifecycleEasy(t, opt.URL("file://"+name), opt.WriteFunction(func([]byte) error {
			one() // after it libcurl reads again
			return nil
		}))
		go func() { ended <- h.Perform(t.Context()) }()
		if _, err := pipe.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	reach(t, t.Context(), "all read", all, ended)
	othersGoOn(t, s)
	for _, pipe := range pipes {
		pipe.Close()
	}
	for range readers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
