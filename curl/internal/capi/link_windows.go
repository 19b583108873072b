//go:build cgo

package capi

// Winsock, for the socket that wakes a driver (wake_windows.c). And no more of windows.h than anybody needs: reading all
// of it takes longer than compiling what is here.

// #cgo CFLAGS: -DWIN32_LEAN_AND_MEAN
// #cgo LDFLAGS: -lws2_32
import "C"
