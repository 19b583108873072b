package curl_test

import (
	"syscall"
	"unsafe"
)

// signalHandlers are what the kernel calls for SIGALRM and SIGPIPE, which libcurl would change without CURLOPT_NOSIGNAL.
func signalHandlers() (handlers [2]uintptr) {
	for i, signal := range []syscall.Signal{syscall.SIGALRM, syscall.SIGPIPE} {
		var action struct { // struct sigaction of the kernel, which begins with the handler
			handler uintptr
			rest    [7]uintptr
		}
		syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(signal), 0, uintptr(unsafe.Pointer(&action)), 8, 0, 0)
		handlers[i] = action.handler
	}
	return handlers
}
