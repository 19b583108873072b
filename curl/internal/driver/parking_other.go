//go:build !linux

package driver

// readyToPark reports false: without epoll there is no descriptor to park on.
func (d *Driver) readyToPark() bool { return false }
