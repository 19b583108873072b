package curl_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// stressLog is what a player has done lately.
type stressLog struct {
	number int
	since  atomic.Int64 // when the outermost call in progress began, 0: none is
	depth  atomic.Int32
	next   atomic.Uint64
	lines  [64]atomic.Pointer[string]
}

func newStressLog(number int) *stressLog { return &stressLog{number: number} }

func (l *stressLog) note(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	l.lines[l.next.Add(1)%uint64(len(l.lines))].Store(&line)
}

// begin writes down that a call begins, and returns what writes down its end.
func (l *stressLog) begin(name string, handle, depth int) func(error) {
	if l.depth.Add(1) == 1 {
		l.since.Store(time.Now().UnixNano())
	}
	began := time.Now()
	l.note("%s handle %d, in %d callbacks: begins", name, handle, depth)
	return func(err error) {
		if l.depth.Add(-1) == 0 {
			l.since.Store(0)
		}
		l.note("%s handle %d, in %d callbacks: %v after %v", name, handle, depth, err, time.Since(began))
	}
}

// recent is the lines about a handle, or about all of them with 0, oldest first.
func (l *stressLog) recent(handle int) (lines []string) {
	about := ""
	if handle > 0 {
		about = fmt.Sprintf(" handle %d,", handle)
	}
	for i := range l.lines {
		if line := l.lines[(l.next.Load()+1+uint64(i))%uint64(len(l.lines))].Load(); line != nil && strings.Contains(*line, about) {
			lines = append(lines, *line)
		}
	}
	return lines
}
