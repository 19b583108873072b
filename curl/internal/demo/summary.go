package main

import (
	"fmt"
	"io"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// summary is what can be said about all transfers together.
type summary struct {
	done       []result // the transfers that succeeded
	goroutines int
	spent      time.Duration
	threads    int
	version    curl.VersionInfo
}

func printSummary(w io.Writer, s summary) {
	opened, reused, received := 0, 0, int64(0)
	var protocols tally
	for _, r := range s.done {
		opened, received = opened+r.opened, received+r.size
		if r.opened == 0 && r.port > 0 {
			reused++
		}
		protocols.add(protocol(r))
	}
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "  %-11s  %s\n", name, fmt.Sprintf(format, args...))
	}
	line("transfers", "%d in %s with %s, %.0f per second", len(s.done), duration(s.spent), count(s.goroutines, "goroutine"),
		float64(len(s.done))/s.spent.Seconds())
	line("received", "%s, %s", byteSize(received), rate(received, s.spent))
	if len(s.done) > 0 {
		line("protocol", "%s", protocols)
		line("connections", "%d opened, reused by %s", opened, count(reused, "transfer"))
	}
	if s.threads > 0 {
		line("OS threads", "%d", s.threads)
	}
	line("libcurl", "%s with %s, %s", s.version.Version, tlsLibrary(s.version), s.version.Library)
	fmt.Fprintln(w)
}

// printFailures says why transfers failed, each reason once.
func printFailures(w io.Writer, failed []result) {
	if len(failed) == 0 {
		return
	}
	var reasons tally
	for _, r := range failed {
		reasons.add(r.err.Error())
	}
	for _, reason := range reasons.names {
		fmt.Fprintf(w, "  failed %s: %s\n", count(reasons.counts[reason], "time"), reason)
	}
	fmt.Fprintln(w)
}

func protocol(r result) string {
	switch r.http {
	case info.HTTPUsed1_0:
		return "HTTP/1.0"
	case info.HTTPUsed1_1:
		return "HTTP/1.1"
	case info.HTTPUsed2:
		return "HTTP/2"
	case info.HTTPUsed3:
		return "HTTP/3"
	case info.HTTPUsedNone:
		if r.scheme != "" {
			return r.scheme
		}
	}
	return "-"
}

func tlsLibrary(v curl.VersionInfo) string {
	if len(v.TLS) == 0 {
		return "no TLS library"
	}
	return v.TLS[0].Name + " " + v.TLS[0].Version
}
