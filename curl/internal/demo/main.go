package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/seed-0edfda58/gocurl/curl"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := demo(ctx, os.Args[1:], newScreen(os.Stdout))
	switch {
	case errors.Is(err, errInterrupted):
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(130) // what a shell expects of a program that Ctrl-C ended
	case err != nil:
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

var errInterrupted = errors.New("interrupted")

// demo fetches the URLs, or without any from a server of its own, and prints how it went.
func demo(ctx context.Context, urls []string, out *screen) error {
	version, err := curl.Version()
	if err != nil {
		return err
	}
	p := fromURLs(urls)
	if len(urls) == 0 {
		if p, err = fromLocalServer(version, 600, 50); err != nil {
			return err
		}
	}
	defer p.close()
	fmt.Fprintln(out, p.title)
	return run(ctx, p, version, out)
}

// run carries the plan out. The error says that something failed; what and why has been printed.
func run(ctx context.Context, p *plan, version curl.VersionInfo, out *screen) error {
	seen := newProgress(len(p.jobs), p.goroutines)
	stop := seen.show(out)
	results, err := fetchAll(ctx, p, seen)
	stop()
	if err != nil {
		return err
	}

	done, failed := sortOut(results)
	if p.rows {
		printURLs(out, results)
	} else {
		printPhases(out, done)
		printFailures(out, failed)
	}
	printSummary(out, summary{done, p.goroutines, seen.spent(), seen.threads, version})
	switch {
	case len(failed) > 0:
		return fmt.Errorf("%d of %s failed", len(failed), count(len(p.jobs), "transfer"))
	case len(done) < len(p.jobs):
		return fmt.Errorf("%w: %d of %s were done", errInterrupted, len(done), count(len(p.jobs), "transfer"))
	}
	return nil
}

// sortOut tells the transfers apart that succeeded and that failed; those that Ctrl-C ended are neither.
func sortOut(results []result) (done, failed []result) {
	for _, r := range results {
		switch {
		case r.err == nil:
			done = append(done, r)
		case !r.interrupted():
			failed = append(failed, r)
		}
	}
	return done, failed
}
