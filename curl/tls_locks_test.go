package curl

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// tlsCase is a TLS library, what is found out about it and what it gets.
type tlsCase struct {
	name    string
	lib     tlsStandIn
	threads TLSThreads
	locks   TLSLocks
	note    string
}

func openssl10(flags ...string) tlsStandIn {
	return tlsStandIn{text: "OpenSSL/1.0.2s", source: "openssl10.c", anchor: "SSL_CTX_new", flags: flags}
}

func mbedtls(flags ...string) tlsStandIn {
	return tlsStandIn{text: "mbedTLS/2.28.3", source: "mbedtls.c", anchor: "mbedtls_ssl_setup", flags: flags}
}

func wolfssl(flags ...string) tlsStandIn {
	return tlsStandIn{text: "wolfSSL/5.5.4", source: "wolfssl.c", anchor: "wolfSSL_CTX_new", flags: flags}
}

func gnutls(flags ...string) tlsStandIn {
	return tlsStandIn{text: "GnuTLS/2.12.20", source: "gcrypt.c", anchor: "gcry_control", flags: flags}
}

var tlsCases = []tlsCase{
	{"OpenSSL 1.0.2", openssl10(), TLSNeedsLocks, TLSLocksOurs, ""},
	{"OpenSSL 1.0.2 beside another", tlsStandIn{text: "OpenSSL/1.0.2s", source: "openssl10.c", anchor: "SSL_CTX_new", decoy: "-DDECOY"}, TLSNeedsLocks, TLSLocksOurs, ""},
	{"OpenSSL 1.0.2 with locks", openssl10("-DTHEIRS"), TLSNeedsLocks, TLSLocksTheirs, ""},
	{"OpenSSL 1.0.2 out of reach", openssl10("-DHIDDEN"), TLSThreadsUnknown, TLSLocksAround, ""},
	{"OpenSSL 1.1.1", tlsStandIn{text: "OpenSSL/1.1.1w", source: "openssl10.c", anchor: "SSL_CTX_new"}, TLSLocksItself, TLSLocksNone, ""},
	{"GnuTLS on libgcrypt 1.5.3", gnutls(), TLSNeedsLocks, TLSLocksOurs, "libgcrypt 1.5.3"},
	{"GnuTLS on libgcrypt 1.5.3 in use", gnutls("-DEARLY"), TLSNeedsLocks, TLSLocksAround, "libgcrypt 1.5.3"},
	{"GnuTLS on libgcrypt 1.6", gnutls("-DMODERN"), TLSLocksItself, TLSLocksNone, ""},
	{"mbedTLS with threads", mbedtls("-DBUILT=0"), TLSLocksItself, TLSLocksNone, ""},
	{"mbedTLS with threads and no list", mbedtls("-DBUILT=-2", "-DMUTEX"), TLSLocksItself, TLSLocksNone, ""},
	{"mbedTLS without threads", mbedtls("-DBUILT=-1"), TLSWithoutThreads, TLSLocksAround, ""},
	{"mbedTLS without a list", mbedtls("-DBUILT=-2"), TLSThreadsUnknown, TLSLocksAround, ""},
	{"mbedTLS that cannot be asked", mbedtls(), TLSThreadsUnknown, TLSLocksAround, ""},
	{"wolfSSL", wolfssl("-DINIT=memset(m,0,40)"), TLSLocksItself, TLSLocksNone, ""},
	{"wolfSSL without threads", wolfssl("-DINIT=0"), TLSWithoutThreads, TLSLocksAround, ""},
	{"wolfSSL that cannot be asked", wolfssl("-DLAYER"), TLSThreadsUnknown, TLSLocksNone, "with its OpenSSL-compatible layer"},
}

// silent answers nothing, and counts how often it was asked.
type silent struct{ asked *int }

func (s silent) TLSOpenSSL() (f capi.TLSFound) { *s.asked++; return f }
func (s silent) TLSGcrypt() (f capi.TLSFound)  { *s.asked++; return f }
func (s silent) TLSMbedTLS() (f capi.TLSFound) { *s.asked++; return f }
func (s silent) TLSWolfSSL() (f capi.TLSFound) { *s.asked++; return f }

// What is known to lock by itself, or not known at all, is left alone; what cannot be asked counts as unsafe.
func TestWhichTLSLibrariesAreAsked(t *testing.T) {
	for text, asked := range map[string]bool{
		"OpenSSL/1.0.2s": true, "OpenSSL/0.9.8zh": true, "OpenSSL/1.0.0": true, "mbedTLS/2.28.3": true, "GnuTLS/3.8.9": true, "wolfSSL/5.5.4": true,
		"OpenSSL/1.1.0": false, "OpenSSL/1.1.1w": false, "OpenSSL/3.6.5": false, "OpenSSL/10.0.1": false, "LibreSSL/2.0.0": false, "LibreSSL/4.2.1": false,
		"BoringSSL": false, "AWS-LC/5.1.0": false, "NSS/3.15.4": false, "rustls-ffi/0.15.3/rustls/0.23.42/ring": false,
		"BearSSL": false, "Schannel": false, "SecureTransport": false, "FutureTLS/1.0.2": false,
	} {
		n := 0
		lib := parseTLSLibrary(text)
		lib.ask(silent{&n})
		want, locks := TLSLocksItself, TLSLocksNone
		if asked {
			want, locks = TLSThreadsUnknown, TLSLocksAround
		}
		if lib.Name == TLSWolfSSL {
			locks = TLSLocksNone // hardly any build of it is without threads
		}
		if (n == 1) != asked || lib.Threads != want || lib.Locks != locks {
			t.Errorf("%s: asked %d times, %+v", text, n, lib)
		}
	}
}

// What is found and done is decided from the loaded library, and Version tells. The TLS libraries are stand-ins.
func TestStandInsForTLSLibrariesGetTheLocksTheyNeed(t *testing.T) {
	for _, c := range tlsCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
				inChild(t, "GOCURL_LIBRARY="+c.lib.build(t))
				return
			}
			v, err := Version()
			if err != nil {
				t.Fatal(err)
			}
			if len(v.TLS) != 1 {
				t.Fatalf("%+v", v.TLS)
			}
			got := v.TLS[0]
			if got.Threads != c.threads || got.Locks != c.locks || got.Note != c.note {
				t.Errorf("%+v", got)
			}
			// GnuTLS itself is not asked, and who is out of reach is found all the same.
			found := c.lib.source != "gcrypt.c" && (c.locks != TLSLocksNone || c.lib.source != "openssl10.c")
			if file := filepath.Base(got.Asked); found != (file == "libstandin.so") {
				t.Errorf("asked %q", got.Asked)
			}
		})
	}
}

// Sixteen goroutines at once make many handshakes with stand-ins that end the process when two threads are inside: with
// what the library was given they never are, and when it was given nothing, because it says that it locks by itself, they
// soon are.
func TestStandInsForTLSLibrariesAreEnteredByOneThread(t *testing.T) {
	crowded := map[string]bool{ // whether the stand-in lies
		"OpenSSL 1.0.2": false, "OpenSSL 1.0.2 with locks": true, "GnuTLS on libgcrypt 1.5.3": false,
		"mbedTLS with threads": true, "mbedTLS without threads": false,
	}
	for _, c := range tlsCases {
		lies, crowded := crowded[c.name]
		if !crowded {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			if os.Getenv("GOCURL_TEST_CHILD") == t.Name() {
				crowdOfHandshakes(t)
				openssl, gcrypt := capi.TLSLocksTaken()
				if ours := c.locks == TLSLocksOurs; ours != (openssl+gcrypt > 0) {
					t.Errorf("our locks were taken %d and %d times", openssl, gcrypt)
				}
				return
			}
			t.Parallel()
			library := c.lib.build(t)
			if !lies {
				inChild(t, "GOCURL_LIBRARY="+library)
				return
			}
			out, err := childOutput(t, "GOCURL_LIBRARY="+library)
			if err == nil || !strings.Contains(out, "two threads are inside the stand-in") {
				t.Errorf("without locks nothing happens, so the test proves nothing: %v\n%s", err, out)
			}
		})
	}
}

// childOutput runs the test in a process of its own that may fail, or crash: what it leaves behind is removed as well.
func childOutput(t *testing.T, env ...string) (string, error) {
	t.Helper()
	pattern := "^" + strings.ReplaceAll(t.Name(), "/", "$/^") + "$"
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.count=1", "-test.run="+pattern)
	cmd.Env = append(append(os.Environ(), "GOCURL_TEST_CHILD="+t.Name(), "TMPDIR="+t.TempDir()), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// anyName is for mbedTLS 2, which does not look for IP addresses in certificates.
var anyName = opt.SSLVerifyHost(false)

// crowdOfHandshakes has goroutines make connections at the same time: by themselves, through a share and on an engine.
func crowdOfHandshakes(t *testing.T) {
	t.Helper()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	ca := opt.CAInfo(s.CAFile(t))
	empty := opt.CAPath(t.TempDir()) // some TLS libraries read the whole folder of the system for each connection
	share, err := NewShare(ShareTLSSessions, ShareDNS)
	if err != nil {
		t.Fatal(err)
	}
	defer share.Close()
	engine, err := NewEngine(EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = engine.Close(context.Background()) }()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			h, err := New(ca, anyName, opt.URL(s.URL("/bytes/20000")), opt.FreshConnect(true), empty)
			if err != nil {
				t.Error(err)
				return
			}
			defer h.Close()
			switch i % 3 {
			case 1:
				err = share.Attach(h)
			case 2:
				err = engine.Attach(h)
			}
			for range 4 {
				var body []byte
				if err == nil {
					body, err = h.Fetch(ctx)
				}
				if err != nil || len(body) != 20000 {
					t.Errorf("goroutine %d: %d bytes, %v", i, len(body), err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// With one transfer at a time inside libcurl, a transfer that waits holds up nobody, a callback may transfer itself, and
// two that are busy proceed in turns. The TLS library is a stand-in.
func TestStandInForMbedTLSWithoutThreadsTakesTurns(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChild(t, "GOCURL_LIBRARY="+mbedtls("-DBUILT=-1").build(t))
		return
	}
	takeTurns(t)
}

func takeTurns(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	ca := opt.CAInfo(s.CAFile(t))
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	get := func(path string, options ...opt.Option) ([]byte, error) {
		h, err := New(append(options, ca, anyName, opt.URL(s.URL(path)))...)
		if err != nil {
			return nil, err
		}
		defer h.Close()
		return h.Fetch(ctx)
	}

	t.Run("a transfer that waits", func(t *testing.T) {
		waiting := make(chan error, 1)
		arrived := make(chan struct{})
		go func() {
			h, err := New(ca, anyName, opt.URL(s.URL("/slow?gate=turns")), opt.WriteFunction(func([]byte) error {
				select {
				case <-arrived:
				default:
					close(arrived)
				}
				return nil
			}))
			if err == nil {
				err = h.Perform(ctx)
				h.Close()
			}
			waiting <- err
		}()
		<-arrived
		if body, err := get("/"); err != nil || string(body) != "hello\n" {
			t.Errorf("beside one that waits: %q, %v", body, err)
		}
		s.Gate("turns").Open()
		if err := <-waiting; err != nil {
			t.Error(err)
		}
	})
	t.Run("a callback that transfers", func(t *testing.T) {
		h, err := New(ca, anyName, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
			body, err := get("/bytes/5000")
			if err == nil && len(body) != 5000 {
				err = fmt.Errorf("%d bytes", len(body))
			}
			return err
		}))
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		if err := h.Perform(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Run("two that are busy", func(t *testing.T) {
		const size = 4 << 20
		var mu sync.Mutex
		var got, other [2]int // of itself, and what the other one had when it was through
		var connected, wg sync.WaitGroup
		connected.Add(2) // or one would be through before the other has shaken hands
		for i := range 2 {
			wg.Go(func() {
				h, err := New(ca, anyName, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { return nil }))
				if err == nil {
					defer h.Close()
					err = h.Perform(ctx)
				}
				connected.Done()
				if err != nil {
					t.Error(err)
					return
				}
				err = h.Set(opt.URL(s.URL(fmt.Sprintf("/bytes/%d", size))), opt.WriteFunction(func(p []byte) error {
					mu.Lock()
					defer mu.Unlock()
					got[i] += len(p)
					return nil
				}))
				if err != nil {
					t.Error(err)
				}
				connected.Wait()
				if err := h.Perform(ctx); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				other[i] = got[1-i]
			})
		}
		wg.Wait()
		// The first that was through had not kept the other one out.
		if first := min(other[0], other[1]); got != [2]int{size, size} || first < size/10 {
			t.Errorf("%d bytes each; the one had got %d when the other was through", got, first)
		}
	})
	t.Run("ends that are asked for", func(t *testing.T) {
		h, err := New(ca, anyName, opt.URL(s.URL("/hang?gate=never")))
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		if err := h.Perform(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		s.Gate("never").Open()
	})
}
