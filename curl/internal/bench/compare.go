package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
)

// config is what the command line says.
type config struct {
	run                  string
	rounds               int
	round                time.Duration
	clientCPU, serverCPU int
	library              string
	benchstat            string
}

// processes are everything that runs beside the runner.
type processes struct{ all []*side }

func (p *processes) start(cpu int, program string, args ...string) (*side, error) {
	s, err := startSide(cpu, program, args...)
	if err == nil {
		p.all = append(p.all, s)
	}
	return s, err
}

func (p *processes) stop() {
	for _, s := range p.all {
		s.cmd.Process.Kill()
		s.stop()
	}
}

// compare runs the works and reports.
func (c config) compare(match *regexp.Regexp) error {
	if runtime.GOOS != "linux" {
		return errors.New("the paired benchmark needs Linux; go test -bench . ./curl works everywhere")
	}
	if c.clientCPU >= 0 || c.serverCPU >= 0 {
		if _, err := exec.LookPath("taskset"); err != nil {
			return errors.New("no taskset (package util-linux) to pin processes with; -client -1 -server -1 goes without")
		}
	}
	if c.library != "" {
		os.Setenv("GOCURL_LIBRARY", c.library) // for the worker too
	}
	if os.Getenv("GOMAXPROCS") == "" {
		// What a program has that is not pinned. A pinned worker would find 1.
		os.Setenv("GOMAXPROCS", strconv.Itoa(runtime.NumCPU()))
	}
	v, err := curl.Version()
	if err != nil {
		return err
	}
	awake := keepAwake()
	defer awake.Close()
	c.heading(v, awake.ok())

	dir, err := os.MkdirTemp("", "gocurl-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var p processes
	defer p.stop()
	inC, inGo, err := c.sides(&p, dir, v.Library)
	if err != nil {
		return err
	}
	out, err := newReport(c.benchstat)
	if err != nil {
		return err
	}
	for _, w := range works {
		if !match.MatchString(w.name) {
			continue
		}
		r, err := c.pair(w, inC, inGo)
		if err != nil {
			return err
		}
		out.add(w, r)
	}
	return out.close()
}

// sides starts the servers and both clients.
func (c config) sides(p *processes, dir, library string) (inC, inGo *side, err error) {
	peer, server, err := compile(dir)
	if err != nil {
		return nil, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	var urls []string
	for _, command := range [][]string{{"http", server}, {"https", self, "serve-h2"}} {
		s, err := p.start(c.serverCPU, command[1], command[2:]...)
		if err != nil {
			return nil, nil, err
		}
		url, err := s.url(command[0])
		if err != nil {
			return nil, nil, err
		}
		urls = append(urls, url)
	}
	if inC, err = p.start(c.clientCPU, peer, append([]string{library}, urls...)...); err != nil {
		return nil, nil, err
	}
	inGo, err = p.start(c.clientCPU, self, append([]string{"worker"}, urls...)...)
	return inC, inGo, err
}

// pair runs the rounds of one work. The side that begins changes each time.
func (c config) pair(w work, inC, inGo *side) (result, error) {
	both := [2]*side{inC, inGo}
	n := 1
	for { // long enough rounds; this warms both sides up, too
		s, err := inC.do(w, n)
		if err != nil {
			return result{}, err
		}
		if _, err := inGo.do(w, n); err != nil {
			return result{}, err
		}
		if took := time.Duration(s.wall * float64(n)); took >= c.round/2 {
			break
		} else {
			n = max(n+1, min(100*n, int(float64(n)*float64(c.round)/max(float64(took), 1))))
		}
	}
	var samples [2][]sample
	for round := range c.rounds {
		for turn := range both {
			i := (round + turn) % 2
			s, err := both[i].do(w, n)
			if err != nil {
				return result{}, err
			}
			samples[i] = append(samples[i], s)
		}
	}
	return summarise(samples[0], samples[1]), nil
}

// heading states what the figures depend on.
func (c config) heading(v curl.VersionInfo, awake bool) {
	fmt.Printf("libcurl %s, %s, %d processors, clients on %d, server on %d, GOMAXPROCS %s\n",
		v.Version, runtime.Version(), runtime.NumCPU(), c.clientCPU, c.serverCPU, os.Getenv("GOMAXPROCS"))
	if !awake {
		fmt.Println("Idle processors may sleep (no access to /dev/cpu_dma_latency): on a virtual machine each request then waits for two wake-ups.")
	}
	fmt.Printf("Medians of %d alternating rounds of about %v; ratios are Go : C of each pair, with their quartiles.\n\n", c.rounds, c.round)
}
