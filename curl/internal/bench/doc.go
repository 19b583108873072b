// Command bench measures gocurl beside the same work in C, in one run: `make bench`.
//
// The C side (testdata/) is a program of its own that loads the same libcurl by path and uses curl_easy_perform; the
// Go side is this program, started again as a worker, with nothing but the public API. Both stay alive and do the same
// number of operations in alternating rounds, pinned to one processor; the server has another one. What is reported is
// the median of the ratios of the pairs, for wall time and for the CPU time of the process.
//
// Here live the works, their C and Go form, and what runs them. Benchmarks of the package by itself are ordinary ones
// in curl/bench_test.go.
package main
