//go:build !linux

package testserver

import (
	"errors"
	"fmt"
	"net"
	"runtime"
)

func emptyBacklog(*net.TCPListener) error {
	return fmt.Errorf("no full backlog on %s: %w", runtime.GOOS, errors.ErrUnsupported)
}

func queued(int) (int, error) { return 0, errors.ErrUnsupported }
