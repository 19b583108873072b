//go:build !unix

package curl

import "testing"

// descriptors has nothing to do where there is no such limit.
func descriptors(_ *testing.T, n uint64) uint64 { return n }
