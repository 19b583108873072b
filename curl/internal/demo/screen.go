package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// screen is where the demo writes: lines, and on a terminal a block of lines that is drawn again in its place.
type screen struct {
	io.Writer
	live  bool
	block int // height of the block that stands at the end; 0 when there is none yet
}

func newScreen(f *os.File) *screen {
	stat, err := f.Stat()
	terminal := err == nil && stat.Mode()&os.ModeCharDevice != 0
	plain := os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "" || os.Getenv("TERM") == "dumb"
	return &screen{Writer: f, live: terminal && !plain}
}

// draw puts the lines on the screen, on a terminal in the place of those of the last draw. It is one write that leaves
// the terminal's modes as they were: whenever the program ends, nothing has to be put right.
func (s *screen) draw(lines []string) {
	var b bytes.Buffer
	if s.live {
		b.WriteString("\x1b[?7l\r") // cut long lines off instead of wrapping them
		if s.block > 0 {
			fmt.Fprintf(&b, "\x1b[%dA", s.block) // up to the first line of the block
		}
		s.block = len(lines)
	}
	for _, line := range lines {
		b.WriteString(line)
		if s.live {
			b.WriteString("\x1b[K") // clear the rest of the line
		}
		b.WriteByte('\n')
	}
	if s.live {
		b.WriteString("\x1b[J\x1b[?7h") // clear what is below: the terminal's echo of Ctrl-C
	}
	_, _ = s.Write(b.Bytes())
}
