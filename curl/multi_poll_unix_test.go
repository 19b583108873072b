//go:build unix

package curl_test

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// Poll returned at once each time, and said of no descriptor that something had happened: a loop around it was busy for ever.
func TestMultiPollNamesADescriptorThatIsClosed(t *testing.T) {
	const none = 1<<20 - 1 // a number that no descriptor has
	m := newMulti(t)
	for name, wait := range map[string]func(extra ...curl.WaitFD) (int, error){
		"Poll": func(extra ...curl.WaitFD) (int, error) { return m.Poll(bounded(t), -1, extra...) },
		"Wait": func(extra ...curl.WaitFD) (int, error) { return m.Wait(bounded(t), -1, extra...) },
	} {
		_, err := wait(curl.WaitFD{FD: none, Events: multiopt.WaitIn})
		var failed *curl.MultiError
		if !errors.As(err, &failed) || failed.Op != name || failed.Code != codes.MultiBadSocket || !errors.Is(err, syscall.EBADF) ||
			!strings.Contains(err.Error(), "descriptor 1048575 is not open") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The others are told about all the same, and one that is negative, or has nothing to say, is no mistake.
func TestMultiPollGoesOnBesideDescriptorsWithoutEvents(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if _, err := w.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	quiet, end, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer quiet.Close()
	defer end.Close()
	m := newMulti(t)
	fds := []curl.WaitFD{{FD: r.Fd(), Events: multiopt.WaitIn}, {FD: quiet.Fd(), Events: multiopt.WaitIn}, {FD: ^uintptr(0), Events: multiopt.WaitIn}}
	if n, err := m.Poll(bounded(t), time.Minute, fds...); n != 1 || err != nil || fds[0].Revents != multiopt.WaitIn {
		t.Errorf("%d, %v, %v", n, err, fds)
	}
	fds = append(fds, curl.WaitFD{FD: 1<<20 - 1})
	if n, err := m.Poll(bounded(t), time.Minute, fds...); n != 2 || !errors.Is(err, syscall.EBADF) || fds[0].Revents != multiopt.WaitIn {
		t.Errorf("%d, %v, %v", n, err, fds)
	}
}
