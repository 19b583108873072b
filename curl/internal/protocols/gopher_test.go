//go:build unix

package protocols

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestGopher(t *testing.T) {
	t.Parallel()
	bin := need(t, "gophernicus")
	needRoot(t) // to be somebody else: it refuses to run as root
	id := newIdentity(t)
	root := openDir(t)
	if err := os.Chmod(root, 0o755); err != nil { // it serves nothing that all may write
		t.Fatal(err)
	}
	at, cut := inetd(t, nobody, bin[0], "-nf", "-h", "localhost", "-r", root, "-o", "UTF-8")
	body, large := testserver.PatternBytes(300_000), testserver.PatternBytes(16<<20)
	write(t, root, "small.bin", string(body))
	write(t, root, "large.bin", string(large))
	for scheme, host := range map[string]string{"gopher": at, "gophers": behindTLS(t, id, at)} {
		trust := opt.CAInfo(id.ca)
		try(t, scheme, "Gophernicus", "download", func(t *testing.T) {
			arrives(t, handle(t, trust, opt.URL(scheme+"://"+host+"/9/small.bin")), string(body)+"\n")
		})
		try(t, scheme, "Gophernicus", "listing", func(t *testing.T) {
			if menu := fetched(t, handle(t, trust, opt.URL(scheme+"://"+host+"/"))); !strings.Contains(menu, "/small.bin\tlocalhost") {
				t.Errorf("the menu is %q", menu)
			}
		})
		try(t, scheme, "Gophernicus", "cancellation", func(t *testing.T) {
			ctx, cancel := context.WithCancel(bounded(t))
			h := handle(t, trust, opt.URL(scheme+"://"+host+"/9/large.bin"), opt.WriteFunction(func([]byte) error { cancel(); return nil }))
			if err := h.Perform(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	// Gopher cannot tell the end of a file from that of its server: there is an end, and perhaps no error.
	try(t, "gopher", "Gophernicus", "server gone half-way", func(t *testing.T) { isCut(t, cut, len(large), opt.URL("gopher://"+at+"/9/large.bin")) })
}

// behindTLS puts TLS before a server that has none.
func behindTLS(t *testing.T, id identity, plain string) (at string) {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(id.cert, id.key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", address(0), &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for outer, err := l.Accept(); err == nil; outer, err = l.Accept() {
			inner, err := net.Dial("tcp", plain)
			if err != nil {
				outer.Close()
				continue
			}
			running.Go(func() {
				_, _ = io.Copy(inner, outer)
				inner.Close()
			})
			running.Go(func() {
				_, _ = io.Copy(outer, inner)
				outer.Close()
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		running.Wait()
	})
	return l.Addr().String()
}
