// Command bench measures gocurl beside the same work in C, in one run: `make bench`.
//
// The C side (testdata/) is a program of its own that loads the same libcurl by path; the Go side is this program,
// started again as a worker, with nothing but the public API; net/http does the same in a third process, for
// information. All stay alive and take turns at rounds of equal length, pinned to one processor; the server has
// another one. What is reported is the median of the ratios of the pairs, for wall time and for the CPU time of the
// process. Where C has several forms (libcurl's own poll, or socket callbacks on epoll), the one with the best median
// counts.
//
// Some works are also done by an empty binding (testdata/empty): a Go program with the crossings that any binding needs,
// in as few calls as can be, and without a check, a context or more locks and goroutines than the work itself has. What it
// takes beyond C is the Go runtime's, and the price of system calls in a process with several threads.
//
// Works about threads and memory have processes of their own: threads are those that /proc ever showed while a round
// ran, memory is the peak of what was resident.
//
// With -profile, perf looks where the processes are, and a table for each work says what of an operation's processor time
// is the kernel's, libcurl's, the Go runtime's and gocurl's own.
//
// Here live the works, their C and Go form, and what runs them. Benchmarks of the package by itself are ordinary ones
// in curl/bench_test.go.
package main
