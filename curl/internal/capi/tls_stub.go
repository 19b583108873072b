//go:build !cgo

package capi

// Without cgo no library is ever loaded, so that none of these is called.

// TLSAnswer is what a TLS library has to say about threads.
type TLSAnswer int

// The answers.
const (
	TLSSilent TLSAnswer = iota
	TLSSafe
	TLSUnsafe
	TLSInstalled
	TLSTheirs
)

// TLSOpenSSL is never called.
func (Library) TLSOpenSSL() (f TLSFound) { return f }

// TLSGcrypt is never called.
func (Library) TLSGcrypt() (f TLSFound) { return f }

// TLSMbedTLS is never called.
func (Library) TLSMbedTLS() (f TLSFound) { return f }

// TLSWolfSSL is never called.
func (Library) TLSWolfSSL() (f TLSFound) { return f }

// CountLookups is never called.
func (Library) CountLookups() {}

// CountsLookups says that none are.
func CountsLookups() bool { return false }

// LookupRoom is never called.
func LookupRoom() bool { return true }

// OneAtATime is never called.
func (Library) OneAtATime() {}

// TLSList is never asked.
func (Library) TLSList() []TLSBackend { return nil }

// TLSSet is never called.
func (Library) TLSSet(id int) int { return 0 }

// TLSActive is never asked.
func (Library) TLSActive() int { return 0 }

// TLSLocksTaken is never asked.
func TLSLocksTaken() (openssl, gcrypt uint64) { return 0, 0 }

// DefaultCAs is never called.
func (Library) DefaultCAs(file, folder string, pem []byte) {}
