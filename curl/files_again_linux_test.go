package curl_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// opens returns what tells how often a file was opened since it was asked last.
func opens(t *testing.T, file string) func() int {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	// Events that are alike and follow each other become one: so those of opening and closing, in turns.
	if _, err := syscall.InotifyAddWatch(fd, file, syscall.IN_OPEN|syscall.IN_CLOSE); err != nil {
		t.Fatal(err)
	}
	return func() int {
		events := make([]byte, 64<<10)
		n, err := syscall.Read(fd, events)
		if err != nil {
			return 0 // there are none
		}
		return n / syscall.SizeofInotifyEvent / 2
	}
}

// With the same options set before each transfer, the thousandth read the files of cookies and of HSTS entries a thousand times.
func TestFilesSetAgainAreNotReadOverAndOver(t *testing.T) {
	if version(t).Num < 0x075800 {
		t.Skip("this libcurl reads each file once, whenever that is")
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, option := range map[string]func(string) opt.Option{"cookies": opt.CookieFile, "hsts": opt.HSTS} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			h := easy(t)
			if !has(t, option(file)) {
				return
			}
			opened := opens(t, file)
			reads := func(h *curl.Easy, times int) int {
				t.Helper()
				for range times {
					setAll(t, h, option(file), opt.URL(s.URL("/")))
				}
				opened()
				arrives(t, h, "hello\n")
				return opened()
			}
			once := reads(h, 1)
			if blocks, _ := blockingResolver(t); once != 1 && !blocks { // else a copy of the C handle is made, which reads its files as well
				t.Errorf("it is read %d times, want 1", once)
			}
			if n := reads(h, 5); n == 0 || n > once {
				t.Errorf("set five times more, it is read %d times, want %d at most", n, once)
			}
			if err := h.Unset(option(file).ID()); err != nil {
				t.Fatal(err)
			}
			if n := reads(h, 0); n != 0 {
				t.Errorf("after Unset it is read %d times", n)
			}
			if n := reads(h, 2); n == 0 || n > once {
				t.Errorf("after Unset and two times more it is read %d times, want %d at most", n, once)
			}
			second := easy(t)
			setAll(t, second, option(file), option(file+" of others"))
			if n := reads(second, 3); n == 0 || n > once {
				t.Errorf("set beside another one it is read %d times, want %d at most", n, once)
			}
		})
	}
}
