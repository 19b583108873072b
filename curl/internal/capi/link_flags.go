//go:build cgo && gocurl_link && !gocurl_pkgconfig

package capi

// The tag gocurl_link links with nothing but the flags in the environment variable CGO_LDFLAGS, for a libcurl that
// pkg-config does not know: CGO_LDFLAGS="-L/opt/curl/lib -lcurl -Wl,-rpath,/opt/curl/lib".
//
// From a static libcurl.a the linker takes only what somebody needs, and optional functions are weak needs: those that
// libcurl does not use itself stay out, such as the option table. -Wl,-u,curl_easy_option_by_id brings that in.

// #cgo CFLAGS: -DGOCURL_LINKED
// #cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
import "C"

const linked = true
