package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// progress is what can be seen while the transfers run.
type progress struct {
	jobs    int
	begun   time.Time
	now     time.Time // of the last look
	gauges  []gauge   // one for each goroutine
	threads int       // the most that this process had; -1 where that cannot be known
}

func newProgress(jobs, goroutines int) *progress {
	return &progress{jobs: jobs, begun: time.Now(), gauges: make([]gauge, goroutines)}
}

// show draws the progress until the function that it returns is called: a block ten times a second, or a line every
// second where a block cannot be drawn.
func (p *progress) show(out *screen) (stop func()) {
	every := time.Second
	if out.live {
		every = time.Second / 10
	}
	quit, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		clock := time.NewTicker(every)
		defer clock.Stop()
		for last := false; !last; {
			select {
			case <-clock.C:
			case <-quit:
				last = true
			}
			p.now, p.threads = time.Now(), max(p.threads, testserver.Threads())
			out.draw(p.lines(out.live))
		}
	}()
	return func() { close(quit); <-over }
}

func (p *progress) spent() time.Duration { return p.now.Sub(p.begun) }

// lines describes the moment: for a block that is drawn again and again, or in one line.
func (p *progress) lines(block bool) []string {
	done, failed, busy, received := 0, 0, 0, int64(0)
	marks := make([]byte, len(p.gauges))
	for i := range p.gauges {
		g := &p.gauges[i]
		g.mu.Lock()
		marks[i] = g.mark()
		done, failed, received = done+g.done, failed+g.failed, received+g.received+g.now
		if g.busy {
			busy++
		}
		g.mu.Unlock()
	}
	spent := p.spent()
	transfers := fmt.Sprintf("%d of %s", done, count(p.jobs, "transfer"))
	if failed > 0 {
		transfers += fmt.Sprintf(", %d failed", failed)
	}
	bytes := fmt.Sprintf("%s, %s in %s", byteSize(received), rate(received, spent), duration(spent))
	if !block {
		return []string{fmt.Sprintf("%s, %d in flight, %s", transfers, busy, bytes)}
	}
	const width = 50
	full := (done + failed) * width / max(p.jobs, 1)
	return []string{
		"",
		fmt.Sprintf("  [%s%s] %s", strings.Repeat("=", full), strings.Repeat(" ", width-full), transfers),
		fmt.Sprintf("  [%-*s] each goroutine's transfer, in tenths", width, marks),
		"  " + bytes,
		"",
	}
}
