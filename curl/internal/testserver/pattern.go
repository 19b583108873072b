package testserver

import (
	"bytes"
	"errors"
	"io"
)

// patternPeriod is prime, so a body that was shifted, or lost or repeated a
// block of the usual sizes, no longer matches.
const patternPeriod = 251

// patternBlock holds enough periods for large copies.
var patternBlock = func() []byte {
	p := make([]byte, patternPeriod*512)
	for i := range p {
		p[i] = byte(i % patternPeriod)
	}
	return p
}()

// Pattern fills p with the bytes that every patterned body has at offset off.
func Pattern(p []byte, off int64) {
	for len(p) > 0 {
		n := copy(p, patternBlock[off%patternPeriod:])
		p, off = p[n:], off+int64(n)
	}
}

// PatternBytes returns the whole of a patterned body of n bytes.
func PatternBytes(n int) []byte {
	p := make([]byte, n)
	Pattern(p, 0)
	return p
}

// MatchesPattern reports whether p is what a patterned body has at offset off.
func MatchesPattern(p []byte, off int64) bool {
	for len(p) > 0 {
		block := patternBlock[off%patternPeriod:]
		n := min(len(p), len(block))
		if !bytes.Equal(p[:n], block[:n]) {
			return false
		}
		p, off = p[n:], off+int64(n)
	}
	return true
}

// NewPatternReader returns a reader over a patterned body of n bytes. It keeps
// nothing in memory, so n may be huge.
func NewPatternReader(n int64) io.ReadSeeker { return &patternReader{size: n} }

type patternReader struct{ off, size int64 }

func (r *patternReader) Read(p []byte) (int, error) {
	left := r.size - r.off
	if left <= 0 {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), left)]
	Pattern(p, r.off)
	r.off += int64(len(p))
	return len(p), nil
}

func (r *patternReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.off
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 {
		return 0, errors.New("testserver: seek before the start of the pattern")
	}
	r.off = offset
	return offset, nil
}
