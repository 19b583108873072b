//go:build unix

package curl_test

import "syscall"

func closeFD(fd uintptr) error { return syscall.Close(int(fd)) }

func connectFD(fd uintptr, to syscall.Sockaddr) error { return syscall.Connect(int(fd), to) }
