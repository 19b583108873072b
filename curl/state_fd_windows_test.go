package curl_test

import "syscall"

func closeFD(fd uintptr) error { return syscall.Closesocket(syscall.Handle(fd)) }
