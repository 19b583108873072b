// A C shared object that a program with OpenSSL 1.0.2 in it loads: Node.js 8. There it loads a libcurl whose calls of
// OpenSSL are bound to that program, and makes connections from many goroutines.
package main

/*
#cgo CFLAGS: -D_GNU_SOURCE
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <sched.h>

static int held[64], collisions;

static void no_lock(int mode, int n, const char *file, int line)
{
	(void)file, (void)line;
	if (!(mode & 1)) {
		__atomic_fetch_sub(&held[n], 1, __ATOMIC_SEQ_CST);
		return;
	}
	if (__atomic_fetch_add(&held[n], 1, __ATOMIC_SEQ_CST) > 0)
		__atomic_fetch_add(&collisions, 1, __ATOMIC_SEQ_CST);
	sched_yield();
}

// Functions of somebody who was here before: they lock nothing, and count how often that would have mattered.
static int set_no_locks(void)
{
	void (*set)(void (*)(int, int, const char *, int)) =
		(void (*)(void (*)(int, int, const char *, int)))dlsym(RTLD_DEFAULT, "CRYPTO_set_locking_callback");

	if (set)
		set(no_lock);
	return set != 0;
}

static int seen_collisions(void) { return __atomic_load_n(&collisions, __ATOMIC_SEQ_CST); }
*/
import "C"

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

//export gocurlInHost
func gocurlInHost() C.int {
	if err := run(os.Getenv("GOCURL_TEST_LOCKS")); err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	return 0
}

func run(locks string) error {
	if locks == "theirs" && C.set_no_locks() == 0 {
		return fmt.Errorf("this program has no OpenSSL before 1.1.0")
	}
	v, err := curl.Version()
	if err != nil {
		return err
	}
	fmt.Printf("%s; %s: %s\n", v.Text, v.TLS[0].Threads, v.TLS[0].Locks)
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	failed := make(chan error, 32)
	for i := range cap(failed) {
		wg.Go(func() {
			if err := transfers(ctx, s.URL, i%2 == 0); err != nil {
				failed <- err
			}
		})
	}
	wg.Wait()
	taken, _ := capi.TLSLocksTaken()
	fmt.Printf("locks taken: %d, threads at once: %d, transfers failed: %d\n", taken, int(C.seen_collisions()), len(failed))
	if len(failed) > 0 {
		return <-failed
	}
	return nil
}

func transfers(ctx context.Context, url string, fresh bool) error {
	h, err := curl.New(opt.URL(url), opt.SSLVerifyPeer(false), opt.SSLVerifyHost(false), opt.FreshConnect(fresh))
	if err != nil {
		return err
	}
	defer h.Close()
	for range 25 {
		if body, err := h.Fetch(ctx); err != nil || string(body) != "hello" {
			return fmt.Errorf("%q, %w", body, err)
		}
	}
	return nil
}

func main() {}
