//go:build !linux

package driver

// openParking reports false: without epoll there is no descriptor to park on.
func (d *Driver) openParking() bool { return false }
