package driver

import "os"

// openParking hands the epoll descriptor to Go's poller. It reports false when the poller does not take it.
func (d *Driver) openParking() bool {
	fd := d.c.PollFD()
	if fd < 0 {
		return false
	}
	f := os.NewFile(uintptr(fd), "gocurl-epoll")
	raw, err := f.SyscallConn()
	if err != nil {
		return false
	}
	d.parked = &parking{f, raw}
	return true
}
