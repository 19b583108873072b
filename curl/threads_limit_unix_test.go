//go:build unix

package curl

import (
	"syscall"
	"testing"
)

// descriptors lets this process open n of them, or as many as it may, and returns how many that are.
func descriptors(t *testing.T, n uint64) uint64 {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if uint64(limit.Cur) >= n {
		return n
	}
	raised := limit
	setTo(&raised.Cur, n)
	setTo(&raised.Max, max(n, uint64(limit.Max)))
	if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &raised) == nil { // above the hard limit only with privileges
		return n
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	return uint64(limit.Cur)
}

// setTo is for the fields of a Rlimit, which some systems have signed.
func setTo[T int64 | uint64](field *T, n uint64) { *field = T(n) }
