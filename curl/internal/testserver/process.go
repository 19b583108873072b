package testserver

import (
	"os"
	"strconv"
	"strings"
)

// The figures of this process below are read from /proc. Where a system has
// none they are -1, and a test that compares them proves nothing there.

// OpenFiles returns how many file descriptors the process has open.
func OpenFiles() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	return len(entries) - 1 // one of them was ReadDir's
}

// FileNames lists what they are, for who has found too many.
func FileNames() (names []string) {
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, e := range entries {
		if name, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil {
			names = append(names, e.Name()+": "+name)
		}
	}
	return names
}

// Threads returns how many OS threads the process has.
func Threads() int { return int(status("Threads:")) }

// RSS returns how many bytes of memory the process occupies.
func RSS() int64 {
	if kB := status("VmRSS:"); kB >= 0 {
		return kB * 1024
	}
	return -1
}

func status(field string) int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == field {
			if n, err := strconv.ParseInt(f[1], 10, 64); err == nil {
				return n
			}
		}
	}
	return -1
}
