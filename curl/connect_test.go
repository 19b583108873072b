package curl_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// echoing is a peer that sends back what comes.
var echoing = testserver.Script{testserver.Do("echo", func(c *testserver.ScriptConn) error {
	_, err := io.Copy(c.Conn, c.Reader)
	return err
})}

// echoingTLS is the same inside TLS, and the option that trusts it.
func echoingTLS(t *testing.T) (testserver.Script, opt.Option) {
	authority, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := authority.Issue("peer", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	echo := testserver.Do("echo inside TLS", func(c *testserver.ScriptConn) error {
		secure := tls.Server(c.Conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		_, err := io.Copy(secure, secure)
		if err == nil || errors.Is(err, io.ErrUnexpectedEOF) { // the client may go without a goodbye
			return secure.Close()
		}
		return err
	})
	return testserver.Script{echo}, opt.CAInfo(testserver.WriteFile(t, "ca.pem", authority.PEM()))
}

// connected is a handle with a connection for Send and Recv.
func connected(t *testing.T, url string, options ...opt.Option) *curl.Easy {
	t.Helper()
	h := handleWith(t, append(options, opt.URL(url), opt.ConnectOnly(opt.ConnectOnlyTransport))...)
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	return h
}

// exchange sends n bytes in one goroutine and receives them in another.
func exchange(t *testing.T, h *curl.Easy, n int) {
	t.Helper()
	ctx := bounded(t)
	sent := make(chan error, 1)
	want := testserver.PatternBytes(n)
	go func() {
		m, err := h.Send(ctx, want)
		if err == nil && m != n {
			err = io.ErrShortWrite
		}
		sent <- err
	}()
	var got bytes.Buffer
	for buf := make([]byte, 10_000); got.Len() < n; {
		m, err := h.Recv(ctx, buf)
		if err != nil || m == 0 {
			t.Fatalf("after %d bytes: %d, %v", got.Len(), m, err)
		}
		got.Write(buf[:m])
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("the echo is not what was sent")
	}
}

func TestSendAndRecv(t *testing.T) {
	h := connected(t, "http://"+testserver.NewScript(t, echoing).Addr())
	exchange(t, h, 1)
	exchange(t, h, 5_000_000)
	if n, err := h.Recv(bounded(t), nil); n != 0 || err != nil {
		t.Error(n, err)
	}
	if n, err := h.Send(bounded(t), nil); n != 0 || err != nil {
		t.Error(n, err)
	}
	if fd := infoOf(t, h, info.ActiveSocket); fd == info.NoSocket {
		t.Error("no socket")
	}
}

func TestSendAndRecvInsideTLS(t *testing.T) {
	script, trust := echoingTLS(t)
	h := connected(t, "https://"+testserver.NewScript(t, script).Addr(), trust)
	exchange(t, h, 5_000_000)
	s := infoOf(t, h, info.TLSPointer)
	if s.Backend == 0 || s.Pointer == 0 && !olderThan(t, 0x075801) { // 7.74.0 only shows it while a transfer runs
		t.Errorf("no TLS object: %+v", s)
	}
}

// A Send and a Recv that meet while a debug callback of the other runs wait for it.
func TestSendAndRecvWithDebugCallback(t *testing.T) {
	script, trust := echoingTLS(t)
	h := connected(t, "https://"+testserver.NewScript(t, script).Addr(), trust)
	err := h.Set(opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {
		if _, err := h.Recv(t.Context(), make([]byte, 1)); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("inside the callback: %v", err)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	exchange(t, h, 500_000)
	if err := h.Set(opt.DebugFunction(nil)); err != nil {
		t.Fatal(err)
	}
}

func TestRecvSeesTheEnd(t *testing.T) {
	peer := testserver.NewScript(t, testserver.Script{testserver.Send("bye"), testserver.CloseWrite(), testserver.Drain()})
	h := connected(t, "http://"+peer.Addr())
	var got []byte
	for buf := make([]byte, 100); ; {
		n, err := h.Recv(bounded(t), buf)
		got = append(got, buf[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if string(got) != "bye" {
		t.Errorf("%q", got)
	}
	if n, err := h.Recv(bounded(t), make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("after the end: %d, %v", n, err)
	}
}

func TestRecvOfResetConnection(t *testing.T) {
	peer := testserver.NewScript(t, testserver.Script{testserver.ExpectBytes(1), testserver.Reset()})
	h := connected(t, "http://"+peer.Addr())
	if _, err := h.Send(bounded(t), []byte("x")); err != nil {
		t.Fatal(err)
	}
	_, err := h.Recv(bounded(t), make([]byte, 1))
	if !errors.Is(err, codes.RecvError) || !errors.Is(err, syscall.ECONNRESET) {
		t.Error(err)
	}
}
