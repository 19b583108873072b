package opt_test

import (
	"testing"
	"time"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var sink [8]opt.Option

func TestConstructorsDoNotAllocate(t *testing.T) {
	url, size := "https://example.com/", 1<<16
	write := opt.WriteFunc(func(p []byte) error { return nil })
	at := time.Now()
	allocs := testing.AllocsPerRun(100, func() {
		sink = [...]opt.Option{
			opt.URL(url),
			opt.FollowLocation(true),
			opt.Timeout(10 * time.Second),
			opt.BufferSize(size),
			opt.InFileSize(int64(size)),
			opt.HTTPAuth(opt.AuthBasic | opt.AuthDigest),
			opt.WriteFunction(write),
			opt.TimeValue(at),
		}
	})
	if allocs != 0 {
		t.Errorf("eight options cost %v allocations", allocs)
	}
}

func TestLookupDoesNotAllocate(t *testing.T) {
	var live bool
	allocs := testing.AllocsPerRun(100, func() {
		meta, _ := opt.Lookup(opt.IDWriteFunction)
		live = meta.Live
	})
	if allocs != 0 || !live {
		t.Errorf("%v allocations, live %v", allocs, live)
	}
}

func TestOptionStaysSmall(t *testing.T) {
	if size := unsafe.Sizeof(opt.Option{}); size > 32 {
		t.Errorf("an Option takes %d bytes; beyond 32 the compiler no longer keeps it in registers", size)
	}
}

func BenchmarkOptions(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink[0], sink[1] = opt.URL("https://example.com/"), opt.Timeout(time.Second)
	}
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	var since uint32
	for b.Loop() {
		meta, _ := opt.Lookup(opt.IDXferInfoFunction)
		since += meta.Since
	}
	if since == 0 {
		b.Fatal("not found")
	}
}
