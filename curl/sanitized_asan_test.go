//go:build asan

package curl

// sanitized says that the address sanitizer looks on.
const sanitized = true
