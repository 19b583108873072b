//go:build asan

package curl_test

// keepsFreed says that freed memory is not used again for a while, so that it cannot be measured here; the address
// sanitizer looks for leaks by itself.
const keepsFreed = true
