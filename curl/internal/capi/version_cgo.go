//go:build cgo

package capi

// #include "load.h"
import "C"

import "unsafe"

// readVersion copies the static structure of libcurl. An older libcurl's structure is shorter than the one declared
// to us: age says where it ends, and nothing behind that may be read.
func readVersion(d *C.struct_curl_version_info_data) VersionInfo {
	v := VersionInfo{
		Text:      C.GoString(C.gocurl_load_version()),
		Version:   C.GoString(d.version),
		Num:       uint32(d.version_num),
		Host:      C.GoString(d.host),
		Features:  uint32(d.features),
		SSL:       C.GoString(d.ssl_version),
		Zlib:      C.GoString(d.libz_version),
		Protocols: cStrings(d.protocols),
	}
	if d.age >= C.CURLVERSION_SECOND {
		v.Ares, v.AresNum = C.GoString(d.ares), int(d.ares_num)
	}
	if d.age >= C.CURLVERSION_THIRD {
		v.IDN = C.GoString(d.libidn)
	}
	if d.age >= C.CURLVERSION_FOURTH {
		v.IconvNum, v.SSH = int(d.iconv_ver_num), C.GoString(d.libssh_version)
	}
	if d.age >= C.CURLVERSION_FIFTH {
		v.Brotli, v.BrotliNum = C.GoString(d.brotli_version), uint32(d.brotli_ver_num)
	}
	if d.age >= C.CURLVERSION_SIXTH {
		v.NGHTTP2, v.NGHTTP2Num = C.GoString(d.nghttp2_version), uint32(d.nghttp2_ver_num)
		v.QUIC = C.GoString(d.quic_version)
	}
	if d.age >= C.CURLVERSION_SEVENTH {
		v.CAInfo, v.CAPath = C.GoString(d.cainfo), C.GoString(d.capath)
	}
	if d.age >= C.CURLVERSION_EIGHTH {
		v.Zstd, v.ZstdNum = C.GoString(d.zstd_version), uint32(d.zstd_ver_num)
	}
	if d.age >= C.CURLVERSION_NINTH {
		v.Hyper = C.GoString(d.hyper_version)
	}
	if d.age >= C.CURLVERSION_TENTH {
		v.GSASL = C.GoString(d.gsasl_version)
	}
	if d.age >= C.CURLVERSION_ELEVENTH {
		v.FeatureNames = cStrings(d.feature_names)
	}
	if d.age >= C.CURLVERSION_TWELFTH {
		v.RTMP = C.GoString(d.rtmp_version)
	}
	return v
}

// cStrings copies an array of strings that ends with NULL.
func cStrings(p **C.char) []string {
	var list []string
	for ; p != nil && *p != nil; p = (**C.char)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(p))) {
		list = append(list, C.GoString(*p))
	}
	return list
}
