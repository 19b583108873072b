//go:build !linux

package driver

// Events says that this system has event mode (epoll).
const Events = false
