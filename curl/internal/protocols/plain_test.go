//go:build linux && !asan

package protocols

const sanitized = false
