package main

import (
	"bytes"
	"fmt"
	"os"
	"time"
)

// usage is what a process has taken of the system up to now.
type usage struct {
	threads   int     // every thread it was seen to have, also those that ended
	mebibytes float64 // peak of its resident memory
}

// watch looks at a process again and again until it is told to stop, and then says what was seen.
func watch(pid int, seen map[string]bool, stop <-chan struct{}) (usage, error) {
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for over := false; !over; {
		select {
		case <-stop:
			over = true
		case <-tick.C:
		}
		tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
		if err != nil {
			return usage{}, err
		}
		for _, t := range tasks {
			seen[t.Name()] = true
		}
	}
	peak, err := peakMemory(pid)
	return usage{len(seen), peak}, err
}

func peakMemory(pid int) (mebibytes float64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := bytes.Cut(status, []byte("\nVmHWM:"))
	var kibibytes float64
	if _, err := fmt.Sscan(string(after), &kibibytes); err != nil {
		return 0, fmt.Errorf("no peak of memory in /proc/%d/status: %w", pid, err)
	}
	return kibibytes / 1024, nil
}

// do does a round. It watches the processes of works that have their own.
func (c *contender) do(w work) (sample, error) {
	if !w.apart {
		return c.on.do(c.does, c.n)
	}
	type answer struct {
		use usage
		err error
	}
	stop, saw := make(chan struct{}), make(chan answer)
	go func() {
		use, err := watch(c.on.cmd.Process.Pid, c.threads, stop)
		saw <- answer{use, err}
	}()
	s, err := c.on.do(c.does, c.n)
	close(stop)
	a := <-saw
	c.use = a.use
	if err == nil {
		err = a.err
	}
	return s, err
}
