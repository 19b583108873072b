package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A result is how the suite went on one flavour.
type result struct {
	flavour flavour
	tests   map[string]string // by test: pass, fail or skip
	lacks   []string          // in words
	output  string
	err     error
	took    time.Duration
}

// columns are the tests in the order of the table, with their heads. A test that is not among them, or does not run at
// all, fails the flavour.
var columns = [][2]string{
	{"Share", "Share"}, {"Engine", "Engine"}, {"ClientCertificate", "client cert"}, {"BadCertificate", "bad cert"},
	{"WrongHost", "wrong host"}, {"PinnedKey", "pin"}, {"CAInMemory", "CA in memory"}, {"HTTP2", "HTTP/2"}, {"HTTP3", "HTTP/3"},
	{"CancelInHandshake", "cancel"}, {"CertificateChain", "chain"}, {"TLSPointer", "pointer"},
}

func (r result) failed() bool {
	if r.err != nil || len(r.tests) != len(columns) {
		return true
	}
	return slices.ContainsFunc(columns, func(c [2]string) bool { t := r.tests[c[0]]; return t != "pass" && t != "skip" })
}

func (r result) line() string {
	said := "ok"
	if r.failed() {
		said = "FAILED"
	}
	slices.Sort(r.lacks)
	lacks := strings.Join(slices.Compact(slices.Clone(r.lacks)), ", ")
	if lacks == "" {
		lacks = "nothing"
	}
	return fmt.Sprintf("%-32s %-6s %5.1f s, lacks %s", r.flavour.title(), said, r.took.Seconds(), lacks)
}
