package testserver_test

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// getent is a program that calls C's getaddrinfo, as libcurl does.
func getent(t *testing.T, name string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("getent")
	if err != nil {
		t.Skipf("needs getent: %v", err)
	}
	return exec.CommandContext(t.Context(), path, "ahosts", name)
}

func TestHangingResolverHangs(t *testing.T) {
	testserver.HangingResolver(t, func(r *testserver.Resolver) {
		if out, err := getent(t, "127.0.0.1").CombinedOutput(); err != nil {
			t.Fatalf("an address does not resolve: %v\n%s", err, out)
		}
		ended := make(chan error, 2)
		for _, name := range []string{"a.hang.test", "b.hang.test"} {
			go func() { ended <- getent(t, name).Run() }()
		}
		await(t, "both names", r.Asked(2))
		names := r.Names()
		slices.Sort(names)
		if !slices.Equal(names, []string{"a.hang.test", "b.hang.test"}) {
			t.Errorf("asked for %q", names)
		}
		select {
		case err := <-ended:
			t.Fatalf("a lookup ended: %v", err)
		default:
		}
		r.Release()
		for range 2 {
			if err := <-ended; err == nil {
				t.Error("a lookup that hung found something")
			}
		}
		if err := getent(t, "late.hang.test").Run(); err == nil {
			t.Error("a lookup after the release found something")
		}
	})
}

func TestHangingResolverWorksInASubtest(t *testing.T) {
	t.Run("of some (odd) name", func(t *testing.T) {
		testserver.HangingResolver(t, func(r *testserver.Resolver) { r.Release() })
	})
}

func TestSilentDNSHearsAndSaysNothing(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewSilentDNS(t)
	c, err := net.Dial("udp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		if _, err := c.Write([]byte("a question")); err != nil {
			t.Fatal(err)
		}
	}
	await(t, "the questions", s.Asked(2))
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Read(make([]byte, 512)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read %d bytes, %v", n, err)
	}
}
