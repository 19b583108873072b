package testserver_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestPatternReaderIsAReader(t *testing.T) {
	for _, n := range []int{0, 1, 251, 300000} {
		want := testserver.PatternBytes(n)
		if n < 1000 { // TestReader seeks to every offset
			if err := iotest.TestReader(testserver.NewPatternReader(int64(n)), want); err != nil {
				t.Errorf("%d bytes: %v", n, err)
			}
		}
		got, err := io.ReadAll(testserver.NewPatternReader(int64(n)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: read %d, error %v", n, len(got), err)
		}
	}
	if _, err := testserver.NewPatternReader(5).Seek(-1, io.SeekStart); err == nil {
		t.Error("seeking before the start is no error")
	}
}

func TestPatternShowsEveryShift(t *testing.T) {
	body := testserver.PatternBytes(1 << 20)
	if !testserver.MatchesPattern(body[1000:], 1000) {
		t.Error("a body does not match itself from offset 1000 on")
	}
	for shift := int64(1); shift <= 1<<16; shift *= 2 {
		if testserver.MatchesPattern(body, shift) {
			t.Errorf("a body shifted by %d still matches", shift)
		}
	}
	body[len(body)-1]++
	if testserver.MatchesPattern(body, 0) {
		t.Error("a body with a wrong last byte matches")
	}
}
