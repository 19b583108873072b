package protocols

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// need finds programs, which Debian keeps in several places. Without all of them the test ends here.
func need(t *testing.T, names ...string) []string {
	t.Helper()
	var found, missing []string
	for _, name := range names {
		path := ""
		for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin", "/usr/lib/squid") {
			if s, err := os.Stat(filepath.Join(dir, name)); err == nil && !s.IsDir() {
				path = filepath.Join(dir, name)
				break
			}
		}
		if path == "" {
			missing = append(missing, name)
		}
		found = append(found, path)
	}
	if len(missing) > 0 {
		leaveOut(t, "programs not on this machine: "+strings.Join(missing, " ")+"; bash .ci/peers installs them")
	}
	return found
}

// needRoot is for servers that change who they are.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		leaveOut(t, "the server has to be started by root")
	}
}

// leaveOut ends a test for which the machine has not what it takes.
func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("GOCURL_REQUIRE_PEERS") == "1" {
		t.Fatal(why)
	}
	tried.mu.Lock()
	tried.absent = append(tried.absent, t.Name())
	tried.mu.Unlock()
	t.Skip(why)
}

// process is a server that runs as a child of the test.
type process struct {
	cmd  *exec.Cmd
	log  *output
	once sync.Once
	gone chan struct{}
}

// output collects what a process says, whatever goroutine writes it.
type output struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.String()
}

// daemon starts a server and returns when all of the ports answer. It is killed when the test ends.
func daemon(t *testing.T, cmd *exec.Cmd, ports ...int) *process {
	t.Helper()
	p := &process{cmd: cmd, log: &output{}, gone: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p.log, p.log
	cmd.WaitDelay = 5 * time.Second // a grandchild may hold the pipe
	endWithParent(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = cmd.Wait() // it is killed, so there always is an error
		close(p.gone)
	}()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("%s says:\n%.4000s", filepath.Base(cmd.Path), p.log)
		}
	})
	for _, port := range ports {
		p.listens(t, port)
	}
	return p
}

// kill ends the server and all its children without a chance to say good-bye.
func (p *process) kill() {
	p.once.Do(func() { killAll(p.cmd) })
	<-p.gone
}

// listens waits until something accepts connections on the port.
func (p *process) listens(t *testing.T, port int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", address(port))
		if err == nil {
			c.Close()
			return
		}
		select {
		case <-p.gone:
			t.Fatalf("%s ended before it listened:\n%s", p.cmd.Path, p.log)
		case <-ctx.Done():
			t.Fatalf("%s does not listen on port %d:\n%s", p.cmd.Path, port, p.log)
		case <-again.C:
		}
	}
}

// address is a port of the loopback address that all peers listen on.
func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// freePorts finds ports that nobody listens on.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", address(0))
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // after all are found, so that they differ
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// run runs a program that prepares a server, to its end.
func run(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
}

// write makes a file with the lines.
func write(t *testing.T, dir, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// openDir is a folder that servers may use which are not who the test is.
func openDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != filepath.Dir(d) && d != filepath.Clean(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// answers waits until something listens on a port of UDP: what has no reader is refused.
func (p *process) answers(t *testing.T, port int) {
	t.Helper()
	c, err := net.Dial("udp", address(port))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	answer := make([]byte, 1500)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		_, err = c.Write([]byte{0, 5, 0, 0, 0}) // an error report of TFTP, which calls for no answer
		if err == nil {
			_ = c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
			_, err = c.Read(answer)
		}
		if err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
	}
	t.Fatalf("%s does not answer on port %d: %v\n%s", p.cmd.Path, port, err, p.log)
}
