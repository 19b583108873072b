package main

/*
#include <stdlib.h>
#include "empty.h"
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// loop is a goroutine that runs the transfers of others: the least there is to that.
type loop struct {
	c        *C.struct_crowd
	mu       sync.Mutex
	mail     []int // transfers to begin
	sleeping bool
	done     []chan struct{}
}

func newLoop(url string, n int, h2 C.int) *loop {
	l := &loop{c: C.empty_crowd(C.CString(url), C.int(n), h2), done: make([]chan struct{}, n)}
	for i := range l.done {
		l.done[i] = make(chan struct{}, 1)
	}
	return l
}

// many has 100 goroutines wait for a transfer each, again and again. url is one of the arguments, h2 1 for HTTP/2.
func many(url int, h2 C.int) func(n int) {
	var l *loop
	return func(n int) {
		if l == nil {
			l = newLoop(os.Args[url]+"/64", 100, h2)
		}
		var left atomic.Int64
		left.Store(int64(n))
		l.together(int64(n)*64, func(i int) {
			for left.Add(-1) >= 0 {
				l.transfer(i)
			}
		})
	}
}

// trickle has goroutines wait for a transfer each, of n bytes that come one by one.
func trickle(goroutines int) func(n int) {
	var l *loop
	return func(n int) {
		if l == nil {
			l = newLoop(os.Args[2], goroutines, 0)
		}
		url := C.CString(fmt.Sprint(os.Args[2], "/trickle/", n))
		defer C.free(unsafe.Pointer(url))
		C.empty_crowd_url(l.c, url)
		l.together(int64(n)*int64(goroutines), l.transfer)
	}
}

// together calls do in a goroutine for each transfer, runs these, and checks how many bytes have come.
func (l *loop) together(size int64, do func(i int)) {
	total = 0
	var all sync.WaitGroup
	var over atomic.Bool
	for i := range l.done {
		all.Go(func() { do(i) })
	}
	ran := make(chan struct{})
	go func() { l.run(&over); close(ran) }()
	all.Wait()
	over.Store(true)
	C.empty_crowd_wake(l.c)
	<-ran
	if total != size {
		fail("bytes are missing")
	}
}

func (l *loop) transfer(i int) {
	l.begin(i)
	<-l.done[i]
}

func (l *loop) begin(i int) {
	l.mu.Lock()
	l.mail = append(l.mail, i)
	wake := l.sleeping
	l.sleeping = false
	l.mu.Unlock()
	if wake {
		C.empty_crowd_wake(l.c)
	}
}

func (l *loop) run(over *atomic.Bool) {
	var todo []int
	told := false
	for !over.Load() {
		l.mu.Lock()
		todo, l.mail = l.mail, todo[:0]
		ms := C.int(0)
		if len(todo) == 0 && !told {
			l.sleeping, ms = true, 5
		}
		l.mu.Unlock()
		for _, i := range todo {
			C.empty_crowd_add(l.c, C.int(i))
		}
		n := C.empty_crowd_turn(l.c, ms)
		if n < 0 {
			fail("a transfer failed")
		}
		if ms > 0 {
			l.mu.Lock()
			l.sleeping = false
			l.mu.Unlock()
		}
		for i := range n {
			l.done[C.empty_crowd_done(l.c, i)] <- struct{}{}
		}
		if told = n > 0; told {
			runtime.Gosched() // what they do about it is the next request
		}
	}
}
