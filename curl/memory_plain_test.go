//go:build !asan

package curl_test

const keepsFreed = false
