package main

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// made is the result of a transfer whose points come one after the other, each at a multiple of unit.
func made(unit time.Duration, opened int) result {
	r := result{url: "https://a.test/", status: 200, size: 2_000_000, opened: opened, http: info.HTTPUsed2, port: 443}
	for i := range r.times {
		r.times[i] = time.Duration(i+1) * unit
	}
	return r
}

func compare(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(want, "\n"+got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPhaseTable(t *testing.T) {
	var results []result
	for i := range 100 {
		results = append(results, made(time.Duration(i+1)*time.Millisecond, (i+1)%10/9))
	}
	results[98].times[secured] = 0 // one that needed no TLS
	var out bytes.Buffer
	printPhases(&out, results)
	compare(t, out.String(), `
  phase        transfers     median        p95        max
  name lookup         10    49.0 ms    99.0 ms    99.0 ms
  connect             10    49.0 ms    99.0 ms    99.0 ms
  TLS                  9    49.0 ms    89.0 ms    89.0 ms
  request            100    50.0 ms    95.0 ms   198.0 ms
  first byte         100    50.0 ms    95.0 ms   100.0 ms
  body               100    50.0 ms    95.0 ms   100.0 ms
  total              100   300.0 ms   570.0 ms   600.0 ms

`)
}

func TestURLTable(t *testing.T) {
	reused := made(time.Millisecond, 0)
	reused.url = "https://a.test/again"
	failed := result{url: "ftp://b.test/", err: errors.New("no such host"), scheme: "ftp"}
	failed.times[over] = 3 * time.Second
	var out bytes.Buffer
	printURLs(&out, []result{made(10*time.Millisecond, 1), reused, failed})
	compare(t, out.String(), `
  status  protocol    size  name lookup  connect      TLS  request  first byte     body    total  URL
     200    HTTP/2  2.0 MB      10.0 ms  10.0 ms  10.0 ms  10.0 ms     10.0 ms  10.0 ms  60.0 ms  https://a.test/
     200    HTTP/2  2.0 MB            -        -        -  1.00 ms     1.00 ms  1.00 ms  6.00 ms  https://a.test/again
       -       ftp     0 B            -        -        -        -           -        -   3.00 s  ftp://b.test/: no such host

`)
}

func TestSummary(t *testing.T) {
	old := made(time.Millisecond, 1)
	old.http = info.HTTPUsed1_1
	var out bytes.Buffer
	printSummary(&out, summary{
		done: []result{made(1, 1), made(1, 0), old}, goroutines: 1, spent: 2 * time.Second, threads: 7,
		version: curl.VersionInfo{Version: "8.22.0", Library: "/lib/libcurl.so.4", TLS: []curl.TLSLibrary{{Name: "GnuTLS", Version: "3.8"}}},
	})
	compare(t, out.String(), `
  transfers    3 in 2.00 s with 1 goroutine, 2 per second
  received     6.0 MB, 3.0 MB/s
  protocol     HTTP/2 (2), HTTP/1.1 (1)
  connections  2 opened, reused by 1 transfer
  OS threads   7
  libcurl      8.22.0 with GnuTLS 3.8, /lib/libcurl.so.4

`)
}

func TestFiguresAreShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.00 ms", 123 * time.Microsecond: "0.12 ms", 9994 * time.Microsecond: "9.99 ms", 9996 * time.Microsecond: "10.0 ms",
		999400 * time.Microsecond: "999.4 ms", 999600 * time.Microsecond: "1.00 s", 90 * time.Second: "90.00 s",
	} {
		if got := duration(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 5e15: "5000.0 TB",
	} {
		if got := byteSize(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestScreenDrawsABlockInPlace(t *testing.T) {
	var out bytes.Buffer
	live := screen{Writer: &out, live: true}
	fmt.Fprintln(&live, "title")
	live.draw([]string{"one", "two"})
	live.draw([]string{"three", "four"})
	compare(t, out.String(), "\ntitle\n"+
		"\x1b[?7l\rone\x1b[K\ntwo\x1b[K\n\x1b[J\x1b[?7h"+
		"\x1b[?7l\r\x1b[2Athree\x1b[K\nfour\x1b[K\n\x1b[J\x1b[?7h")

	out.Reset()
	plain := screen{Writer: &out}
	plain.draw([]string{"one"})
	plain.draw([]string{"two"})
	compare(t, out.String(), "\none\ntwo\n")
}
