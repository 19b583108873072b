//go:build !asan

package protocols

const sanitized = false
