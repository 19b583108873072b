package main

import "slices"

// sample is one round of one contender.
type sample struct {
	wall, cpu float64 // ns per operation
	allocs    float64 // per operation
}

func wallOf(s sample) float64   { return s.wall }
func cpuOf(s sample) float64    { return s.cpu }
func allocsOf(s sample) float64 { return s.allocs }

// spread is a median with its quartiles.
type spread struct{ low, mid, high float64 }

func spreadOf(v []float64) spread {
	return spread{quantile(v, 0.25), quantile(v, 0.5), quantile(v, 0.75)}
}

// quantile interpolates between neighbours.
func quantile(v []float64, q float64) float64 {
	v = slices.Sorted(slices.Values(v))
	at := q * float64(len(v)-1)
	i := int(at)
	if i+1 == len(v) {
		return v[i]
	}
	return v[i] + (at-float64(i))*(v[i+1]-v[i])
}
