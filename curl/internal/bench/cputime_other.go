//go:build !unix

package main

import "time"

// cpuTime stands in where there is no getrusage; the runner refuses such systems.
func cpuTime() time.Duration { return 0 }
