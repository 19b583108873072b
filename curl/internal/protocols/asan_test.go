//go:build linux && asan

package protocols

// sanitized says that the address sanitizer watches, which ends the process where libssh2 1.10 copies memory onto itself.
const sanitized = true
