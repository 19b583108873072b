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
	profile              bool
}

// runner has everything that runs beside this process.
type runner struct {
	config
	all     []*side
	dir     string            // for files, gone in the end
	command [columns][]string // what starts a side
	shared  [columns]*side    // the sides of the works that need no process of their own
}

func (r *runner) start(cpu int, command ...string) (*side, error) {
	s, err := startSide(cpu, command[0], command[1:]...)
	if err == nil {
		r.all = append(r.all, s)
	}
	return s, err
}

// apart says that each form of a work has a process of its own.
func (r *runner) apart(w work) bool { return w.apart || r.profile }

// side returns the process that does works of a column, or a new one.
func (r *runner) side(c column, apart bool) (s *side, err error) {
	if s = r.shared[c]; s == nil || apart {
		if s, err = r.start(r.clientCPU, r.command[c]...); err == nil && !apart {
			r.shared[c] = s
		}
	}
	return s, err
}

func (r *runner) stop() {
	for _, s := range r.all {
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
	r := runner{config: c, dir: dir}
	defer r.stop()
	if err := r.serve(v.Library); err != nil {
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
		all, found, err := r.rounds(w)
		if err != nil {
			return err
		}
		out.add(w, all)
		if c.profile {
			found.print(all)
		}
	}
	return out.close()
}

// serve starts the servers, and makes what the sides need.
func (r *runner) serve(library string) error {
	peer, server, empty, err := compile(r.dir)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var urls []string
	for _, command := range [][]string{{"http", server}, {"https", self, "serve-h2"}} {
		s, err := r.start(r.serverCPU, command[1:]...)
		if err != nil {
			return err
		}
		url, err := s.url(command[0])
		if err != nil {
			return err
		}
		urls = append(urls, url)
	}
	r.command[inC] = append([]string{peer, library}, urls...)
	r.command[inGo] = append([]string{self, "worker"}, urls...)
	r.command[inHTTP] = append([]string{self, "net/http"}, urls...)
	r.command[inEmpty] = append([]string{empty, library}, urls...)
	return nil
}

// rounds runs the rounds of one work. The form that begins changes each time.
func (r *runner) rounds(w work) (all []*contender, found profile, err error) {
	if all, err = r.contenders(w); err != nil {
		return nil, nil, err
	}
	for _, c := range all {
		if err := c.warm(w, r.round); err != nil {
			return nil, nil, err
		}
	}
	var looks *recorder
	if r.profile {
		if looks, err = record(r.dir, all); err != nil {
			return nil, nil, err
		}
	}
	rounds := r.config.rounds
	if w.rounds > 0 {
		rounds = min(rounds, w.rounds)
	}
	for round := range rounds {
		for turn := range all {
			c := all[(round+turn)%len(all)]
			s, err := c.do(w)
			if err != nil {
				return nil, nil, err
			}
			c.samples = append(c.samples, s)
		}
	}
	if looks != nil {
		if found, err = looks.stop(r.command[inGo][0], r.command[inEmpty][0]); err != nil {
			return nil, nil, err
		}
	}
	if r.apart(w) {
		for _, c := range all {
			if err := c.on.stop(); err != nil {
				return nil, nil, err
			}
		}
	}
	return all, found, nil
}

// heading states what the figures depend on.
func (c config) heading(v curl.VersionInfo, awake bool) {
	fmt.Printf("libcurl %s, %s, %d processors, clients on %d, server on %d, GOMAXPROCS %s\n",
		v.Version, runtime.Version(), runtime.NumCPU(), c.clientCPU, c.serverCPU, os.Getenv("GOMAXPROCS"))
	if !awake {
		fmt.Println("Idle processors may sleep (no access to /dev/cpu_dma_latency): on a virtual machine each request then waits for two wake-ups.")
	}
	fmt.Printf("Medians of %d alternating rounds of about %v; ratios are of each pair, with their quartiles.\n\n", c.rounds, c.round)
}
