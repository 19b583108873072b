//go:build cgo

package capi

/*
#include "exclusive.h"
#include "tls_locks.h"
#include "tls_set.h"
*/
import "C"

import "unsafe"

// TLSAnswer is what a TLS library has to say about threads.
type TLSAnswer int

// The answers.
const (
	TLSSilent    TLSAnswer = C.GOCURL_TLS_SILENT
	TLSSafe      TLSAnswer = C.GOCURL_TLS_SAFE
	TLSUnsafe    TLSAnswer = C.GOCURL_TLS_UNSAFE
	TLSInstalled TLSAnswer = C.GOCURL_TLS_INSTALLED
	TLSTheirs    TLSAnswer = C.GOCURL_TLS_THEIRS
)

func found(f C.struct_gocurl_tls_found) TLSFound {
	return TLSFound{
		Answer: TLSAnswer(f.answer), Version: uint64(f.version), Text: C.GoString(&f.text[0]),
		File: C.GoString(&f.file[0]), Layer: f.layer != 0,
	}
}

// The Library's loader calls these before Init, with its lock.

// TLSOpenSSL gives OpenSSL before 1.1.0 its locks.
func (Library) TLSOpenSSL() TLSFound { return found(C.gocurl_tls_openssl()) }

// TLSGcrypt gives libgcrypt before 1.6, if libcurl needs one, its locks.
func (Library) TLSGcrypt() TLSFound { return found(C.gocurl_tls_gcrypt()) }

// TLSMbedTLS asks mbedTLS whether it has locks.
func (Library) TLSMbedTLS() TLSFound { return found(C.gocurl_tls_mbedtls()) }

// TLSWolfSSL asks wolfSSL.
func (Library) TLSWolfSSL() TLSFound { return found(C.gocurl_tls_wolfssl()) }

// OneAtATime lets one thread at a time into libcurl from now on.
func (Library) OneAtATime() { C.gocurl_exclusive_need() }

// TLSList is the TLS libraries that libcurl was built with, by their CURLSSLBACKEND_ numbers and libcurl's names for
// them.
func (Library) TLSList() (list []TLSBackend) {
	for p := C.gocurl_tls_list(); p != nil && *p != nil; p = (**C.curl_ssl_backend)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(p))) {
		list = append(list, TLSBackend{ID: int((*p).id), Name: C.GoString((*p).name)})
	}
	return list
}

// TLSSet chooses one, a CURLsslset.
func (Library) TLSSet(id int) int { return int(C.gocurl_tls_set(C.int(id))) }

// TLSActive is the one in use; to be asked after Init.
func (Library) TLSActive() int { return int(C.gocurl_tls_active()) }

// TLSLocksTaken is how often our locks have been taken by OpenSSL and by libgcrypt.
func TLSLocksTaken() (openssl, gcrypt uint64) {
	return uint64(C.gocurl_tls_openssl_taken()), uint64(C.gocurl_tls_gcrypt_taken())
}
