//go:build cgo && !gocurl_pkgconfig && !gocurl_link

package capi

// By default libcurl is loaded at run time and the build needs nothing of it.

// #cgo linux LDFLAGS: -ldl
import "C"

const linked = false
