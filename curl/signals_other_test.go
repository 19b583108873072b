//go:build !linux

package curl_test

// signalHandlers cannot be asked here.
func signalHandlers() (handlers [2]uintptr) { return handlers }
