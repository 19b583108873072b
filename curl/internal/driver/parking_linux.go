package driver

import "os"

// readyToPark has everything watched through one descriptor that Go's poller knows. It reports false when there is no
// such descriptor.
func (d *Driver) readyToPark() bool {
	d.Mu.Lock()
	fd := d.c.Park()
	d.Mu.Unlock()
	if fd < 0 {
		return false
	}
	if d.parked != nil {
		return true
	}
	f := os.NewFile(uintptr(fd), "gocurl-epoll")
	raw, err := f.SyscallConn()
	if err != nil {
		return false
	}
	d.parked = &parking{f, raw}
	return true
}
