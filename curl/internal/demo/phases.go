package main

import (
	"slices"
	"time"
)

// point is a moment of a transfer, in the order in which they come. libcurl gives the time from its start to each of
// them, 0 when it was not reached.
type point int

const (
	lookedUp  point = iota // the host has an address
	connected              // TCP stands
	secured                // TLS stands
	ready                  // the request can be sent
	answered               // the first byte of the answer is here
	over                   // the last one is
	points
)

// phase is the part of a transfer that ends with a point.
type phase struct {
	name  string
	end   point
	opens bool // it makes the connection, and a transfer on a reused one does not have it
}

var phases = []phase{
	{"name lookup", lookedUp, true},
	{"connect", connected, true},
	{"TLS", secured, true},
	{"request", ready, false},
	{"first byte", answered, false},
	{"body", over, false},
}

// took says how long the phase of a transfer was, if it had that phase and its length is known: after a redirect on the
// same connection libcurl gives the lookups of all requests and the connect of the first.
func (p phase) took(r result) (d time.Duration, ok bool) {
	begun := slices.Max(append(r.times[:p.end:p.end], 0)) // there may be no TLS in between
	end := r.times[p.end]
	ok = end > 0 && end >= begun && (r.opened > 0 || !p.opens)
	if p.end == over {
		ok = ok && r.times[answered] > 0
	}
	return end - begun, ok
}

// durations are what the transfers took for the phase, sorted.
func (p phase) durations(results []result) []time.Duration {
	var all []time.Duration
	for _, r := range results {
		if d, ok := p.took(r); ok {
			all = append(all, d)
		}
	}
	slices.Sort(all)
	return all
}

// totals are what the transfers took as a whole, sorted.
func totals(results []result) []time.Duration {
	var all []time.Duration
	for _, r := range results {
		all = append(all, r.times[over])
	}
	slices.Sort(all)
	return all
}

// percentile is the value that percent of the sorted durations do not exceed.
func percentile(sorted []time.Duration, percent int) time.Duration {
	return sorted[max((len(sorted)*percent+99)/100, 1)-1]
}
