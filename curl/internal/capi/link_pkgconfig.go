//go:build cgo && gocurl_pkgconfig

package capi

// The tag gocurl_pkgconfig links the libcurl that pkg-config knows, for distributions and static programs
// (PKG_CONFIG="pkg-config --static").

// #cgo pkg-config: libcurl
// #cgo CFLAGS: -DGOCURL_LINKED
// #cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
import "C"

const linked = true
