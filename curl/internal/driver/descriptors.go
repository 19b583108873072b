package driver

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Descriptors asks the system whether it has a descriptor left for this process, and returns an error that says so if
// not. libcurl keeps to itself why it got no socket.
func Descriptors() error {
	f, err := os.Open(os.DevNull)
	if err == nil {
		f.Close()
		return nil
	}
	return descriptorsGone(err)
}

// descriptorsGone is the error for a limit on descriptors, nil when err is about something else.
func descriptorsGone(err error) error {
	switch {
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("no descriptors left for another transfer; raise the limit (ulimit -n), "+
			"or have fewer transfers and open connections at once: %w", syscall.EMFILE)
	case errors.Is(err, syscall.ENFILE):
		return fmt.Errorf("no descriptors left in the whole system; have fewer transfers and open connections at once: %w",
			syscall.ENFILE)
	}
	return nil
}
