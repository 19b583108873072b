// Command empty does some works of the paired benchmark with what a Go binding of libcurl cannot do without, and nothing
// else: a crossing into C for each call and out of it for each callback, no checks, and one goroutine, or one for each of
// many transfers at once (crowd.go). What it takes beyond C is the Go runtime's; what gocurl takes beyond it is gocurl's.
//
//	empty LIBCURL URL URL-H2
//
// It reads lines "work count" and answers "wall-ns cpu-ns allocations", like peer.c.
package main

/*
#cgo LDFLAGS: -ldl
#cgo noescape empty_set
#cgo nocallback empty_set
#include <stdlib.h>
#include "empty.h"
*/
import "C"

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
	"unsafe"
)

var works = map[string]func(n int){
	"Set10":                  set10,
	"NewClose":               newClose,
	"Get64":                  getter("/64", 64, 0),
	"Get16K":                 getter("/16384", 16384, 0),
	"Download1GiB":           getter("/1073741824", 1<<30, 0),
	"Download1GiBBuffer512K": getter("/1073741824", 1<<30, 512<<10),
	"Engine50kGet":           many(2, 0),
	"EngineHTTP2":            many(3, 1),
	"Trickle1000":            trickle(1000),
}

func main() {
	if len(os.Args) != 4 {
		fail("usage: empty LIBCURL URL URL-H2")
	}
	if problem := C.empty_load(C.CString(os.Args[1])); problem != nil {
		fail(C.GoString(problem))
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var name string
		var n int
		if _, err := fmt.Sscan(in.Text(), &name, &n); err != nil || works[name] == nil {
			fail("there is no work ", in.Text())
		}
		cpu, wall := cpuTime(), time.Now()
		works[name](n)
		fmt.Println(time.Since(wall).Nanoseconds(), cpuTime()-cpu, 0)
	}
}

func fail(what ...any) {
	fmt.Fprintln(os.Stderr, append([]any{"empty binding:"}, what...)...)
	os.Exit(1)
}

func cpuTime() int64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}

func set10(n int) {
	e := C.empty_handle(C.CString("http://127.0.0.1/"), 0)
	for i := range n {
		o := [...]C.struct_number{
			{52, 1}, {68, 10}, {155, C.long(1000 + i&1)}, {156, 500}, {121, 1}, {213, 1}, {64, 1}, {19, 100}, {20, 30}, {30146, 1 << 20},
		}
		if C.empty_set(e, &o[0], C.int(len(o))) != 0 {
			fail("an option was refused")
		}
	}
	C.empty_close(e)
}

func newClose(n int) {
	url, agent := C.CString("http://127.0.0.1:8080/index.html"), C.CString("benchmark/1.0")
	o := [...]C.struct_number{{52, 1}, {68, 10}, {155, 1000}, {156, 500}}
	for range n {
		C.empty_close(C.empty_new(url, agent, &o[0], C.int(len(o))))
	}
}

var total int64

//export goTake
func goTake(p *C.char, n C.size_t) C.size_t {
	b := unsafe.Slice((*byte)(unsafe.Pointer(p)), n)
	if len(b) > 0 && (b[0] != 'x' || b[len(b)-1] != 'x') {
		fail("a body with wrong bytes")
	}
	total += int64(n)
	return n
}

func getter(path string, size int64, buffer C.long) func(n int) {
	var e C.uintptr_t
	var yielded time.Time
	return func(n int) {
		if e == 0 {
			e = C.empty_handle(C.CString(os.Args[2]+path), buffer)
		}
		total = 0
		for range n {
			for result := C.int(-1); result != 0; {
				if result = C.empty_perform(e); result > 0 {
					fail("a transfer failed: ", result)
				}
				// Without it the runtime takes the processor away in the middle of calls, which costs half as much again.
				if now := time.Now(); now.Sub(yielded) > 5*time.Millisecond {
					runtime.Gosched()
					yielded = now
				}
			}
		}
		if total != int64(n)*size {
			fail("bytes are missing")
		}
	}
}
