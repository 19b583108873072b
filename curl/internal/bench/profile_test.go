package main

import (
	"debug/gosym"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
)

func TestSamplesAreFoundInTheirPlaces(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs an ELF file")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	table, err := goSymbols(self)
	if err != nil {
		t.Fatal(err)
	}
	address := func(f any) uint64 { return uint64(reflect.ValueOf(f).Pointer()) }
	var in strings.Builder
	sample := func(pid int, address uint64, file string) {
		fmt.Fprintf(&in, "%5d  %16x (%s)\n", pid, address, file)
	}
	sample(7, 0xffffffff813ae293, "[kernel.kallsyms]")
	sample(7, 0x7ffd1000, "[vdso]")
	sample(7, 0x7f7039d4ecd5, "/usr/lib/x86_64-linux-gnu/libcurl.so.4.8.0")
	sample(7, 0x7f7039d4ecd5, "/usr/lib/x86_64-linux-gnu/libcrypto.so.3")
	sample(7, 0x7f7039d4ecd5, "/usr/lib/x86_64-linux-gnu/libc.so.6")
	sample(7, address(runtime.GC), self)
	sample(7, address(strings.Cut), self)
	sample(7, address(curl.New), self)
	sample(7, 1, self) // no function of Go's
	sample(8, 1, "/tmp/peer")

	got := readSamples(strings.NewReader(in.String()), map[string]*gosym.Table{self: table})
	want := [places]int{inKernel: 1, inLibc: 2, inLibcurl: 1, inLibraries: 1, inGoItself: 2, inBinding: 2}
	if got[7] == nil || *got[7] != want {
		t.Errorf("process 7: %v, want %v", got[7], want)
	}
	if want := [places]int{inProgram: 1}; got[8] == nil || *got[8] != want {
		t.Errorf("process 8: %v, want %v", got[8], want)
	}
}
