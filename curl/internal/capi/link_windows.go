//go:build cgo

package capi

// Winsock, for the socket that wakes a driver (wake_windows.c).

// #cgo LDFLAGS: -lws2_32
import "C"
