package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"time"
)

// fullRound is the length of round for which the works say how many operations they do.
const fullRound = 200 * time.Millisecond

func main() {
	var c config
	flag.StringVar(&c.run, "run", ".", "do the works that match this `regexp`")
	flag.IntVar(&c.rounds, "rounds", 15, "pairs of rounds for each work")
	flag.DurationVar(&c.round, "round", fullRound, "how long a round is to take")
	flag.IntVar(&c.clientCPU, "client", defaultCPU(0), "the `processor` of the clients, -1: any")
	flag.IntVar(&c.serverCPU, "server", defaultCPU(1), "the `processor` of the servers, -1: any")
	flag.StringVar(&c.library, "library", "", "the libcurl to use, as a `path`; as GOCURL_LIBRARY does")
	flag.StringVar(&c.benchstat, "benchstat", "", "write every round to this `file` as well, in the form of go test -bench")
	flag.BoolVar(&c.profile, "profile", false, "say with perf where each side spends its processor time")
	flag.Parse()
	if err := start(c, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// start runs this process as what it was started for.
func start(c config, args []string) error {
	switch {
	case len(args) == 0:
		match, err := regexp.Compile(c.run)
		if err != nil {
			return err
		}
		return c.compare(match)
	case args[0] == "worker" && len(args) == 3:
		return (&worker{works: goWorks, base: args[1], baseH2: args[2]}).work(os.Stdin)
	case args[0] == "net/http" && len(args) == 3:
		return (&worker{works: httpWorks, base: args[1], baseH2: args[2]}).work(os.Stdin)
	case args[0] == "serve-h2" && len(args) == 1:
		return serveH2()
	}
	return fmt.Errorf("unknown arguments %q", args)
}

// defaultCPU counts from the last processor down: the first ones serve interrupts.
func defaultCPU(i int) int {
	if runtime.NumCPU() <= i {
		return -1
	}
	return runtime.NumCPU() - 1 - i
}
