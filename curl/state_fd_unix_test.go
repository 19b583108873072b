//go:build unix

package curl_test

import "syscall"

func closeFD(fd uintptr) error { return syscall.Close(int(fd)) }
