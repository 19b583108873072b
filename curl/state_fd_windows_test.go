package curl_test

import "syscall"

func closeFD(fd uintptr) error { return syscall.Closesocket(syscall.Handle(fd)) }

func connectFD(fd uintptr, to syscall.Sockaddr) error { return syscall.Connect(syscall.Handle(fd), to) }
