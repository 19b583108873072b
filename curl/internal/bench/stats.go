package main

import "slices"

// sample is one round of one side.
type sample struct {
	wall, cpu float64 // ns per operation
	allocs    float64 // per operation
}

// spread is a median with its quartiles.
type spread struct{ low, mid, high float64 }

// result is what the rounds of a work say.
type result struct {
	rounds      int
	c, goSide   sample // medians
	wall, cpu   spread // of the ratios of the pairs
	allocs      float64
	cAll, goAll []sample
}

// summarise compares pairs: what disturbs one round disturbs its neighbour as well.
func summarise(c, g []sample) result {
	var wall, cpu []float64
	for i := range c {
		wall = append(wall, g[i].wall/c[i].wall)
		cpu = append(cpu, g[i].cpu/c[i].cpu)
	}
	pick := func(all []sample, f func(sample) float64) float64 {
		var v []float64
		for _, s := range all {
			v = append(v, f(s))
		}
		return quantile(v, 0.5)
	}
	middle := func(all []sample) sample {
		return sample{
			wall:   pick(all, func(s sample) float64 { return s.wall }),
			cpu:    pick(all, func(s sample) float64 { return s.cpu }),
			allocs: pick(all, func(s sample) float64 { return s.allocs }),
		}
	}
	r := result{rounds: len(c), c: middle(c), goSide: middle(g), wall: spreadOf(wall), cpu: spreadOf(cpu), cAll: c, goAll: g}
	// A round makes a few allocations of its own, and the collector some at any time.
	if r.allocs = r.goSide.allocs; r.allocs < 0.01 {
		r.allocs = 0
	}
	return r
}

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
