//go:build !asan

package curl

const sanitized = false
