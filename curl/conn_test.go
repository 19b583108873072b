package curl_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/smtp"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var _ net.Conn = (*curl.Conn)(nil)

// dialed is a connection that is closed when the test ends.
func dialed(t *testing.T, url string, options ...opt.Option) *curl.Conn {
	t.Helper()
	c, err := curl.Dial(bounded(t), url, options...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestConnCarriesHTTP(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: secure})
		var trust []opt.Option
		if secure {
			trust = append(trust, opt.CAInfo(s.CAFile(t)))
		}
		c := dialed(t, s.URL("/"), trust...)
		for range 2 { // on one connection
			r, err := http.NewRequest("GET", s.URL("/bytes/100000"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Write(c); err != nil {
				t.Fatal(err)
			}
			in := bufio.NewReader(c)
			answer, err := http.ReadResponse(in, r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			if err != nil || !bytes.Equal(body, testserver.PatternBytes(100000)) {
				t.Errorf("TLS %v: %d bytes, %v", secure, len(body), err)
			}
		}
	}
}

// mailbox speaks as much SMTP as net/smtp needs.
var mailbox = testserver.Script{testserver.Do("receive a mail", func(c *testserver.ScriptConn) error {
	say := func(s string) { io.WriteString(c.Conn, s+"\r\n") }
	say("220 mailbox")
	for {
		line, err := c.Reader.ReadString('\n')
		if err != nil {
			return err
		}
		switch verb, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
		case "DATA":
			say("354 go on")
			for line != ".\r\n" {
				if line, err = c.Reader.ReadString('\n'); err != nil {
					return err
				}
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return nil
		default:
			say("250 yes")
		}
	}
})}

func TestConnCarriesSMTP(t *testing.T) {
	t.Parallel()
	peer := testserver.NewScript(t, mailbox)
	c := dialed(t, "http://"+peer.Addr())
	client, err := smtp.NewClient(c, "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{client.Hello("localhost"), client.Mail("a@example.com"), client.Rcpt("b@example.com")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := client.Data()
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "Subject: hello\r\n\r\nthrough libcurl\r\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := client.Quit(); err != nil {
		t.Fatal(err)
	}
	if got := peer.Received(0); !strings.Contains(got, "through libcurl\r\n.\r\n") {
		t.Errorf("%q", got)
	}
}

// Go's TLS inside libcurl's connection: nobody checks a certificate but crypto/tls.
func TestConnCarriesGosTLS(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.Authority.PEM())
	raw := dialed(t, "http://"+s.Addr())
	c := tls.Client(raw, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"})
	if err := c.HandshakeContext(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, "GET / HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if answer, err := io.ReadAll(c); err != nil || !bytes.HasSuffix(answer, []byte("hello\n")) {
		t.Errorf("%q, %v", answer, err)
	}
}

func TestConnBothWaysAtOnce(t *testing.T) {
	t.Parallel()
	script, trust := echoingTLS(t)
	c := dialed(t, "https://"+testserver.NewScript(t, script).Addr(), trust)
	want := testserver.PatternBytes(3_000_000)
	sent := make(chan error, 1)
	go func() {
		_, err := c.Write(want)
		sent <- err
	}()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil {
		t.Fatal(err)
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the echo is not what was sent")
	}
}

// Writes of many goroutines arrive whole.
func TestConnWritesDoNotMix(t *testing.T) {
	t.Parallel()
	c := dialed(t, "http://"+testserver.NewScript(t, echoing).Addr())
	const writers, size = 4, 400_000
	for i := range writers {
		go c.Write(bytes.Repeat([]byte{byte('a' + i)}, size))
	}
	got := make([]byte, writers*size)
	if _, err := io.ReadFull(c, got); err != nil {
		t.Fatal(err)
	}
	for i := range writers {
		part := got[i*size : (i+1)*size]
		if n := bytes.Count(part, part[:1]); n != size {
			t.Errorf("part %d has %d bytes of others", i, size-n)
		}
	}
}

func TestConnDeadlines(t *testing.T) {
	t.Parallel()
	c := dialed(t, "http://"+testserver.NewScript(t, echoing).Addr())
	late := func(what string, err error) {
		t.Helper()
		var ne net.Error
		if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.As(err, &ne) || !ne.Timeout() {
			t.Errorf("%s: %v", what, err)
		}
	}
	read := func() error {
		_, err := c.Read(make([]byte, 1))
		return err
	}
	c.SetReadDeadline(time.Now().Add(-time.Second))
	late("a deadline in the past", read())
	late("again", read())
	if _, err := c.Write([]byte("w")); err != nil {
		t.Errorf("a Write has a deadline of its own: %v", err)
	}
	c.SetReadDeadline(time.Now().Add(time.Hour))
	if err := read(); err != nil { // the echo
		t.Error(err)
	}
	c.SetReadDeadline(time.Now().Add(time.Millisecond))
	late("one that comes while it waits", read())

	c.SetReadDeadline(time.Time{})
	ended := make(chan error, 1)
	go func() { ended <- read() }()
	c.SetReadDeadline(time.Now()) // for the one that waits, or is about to
	late("one that is set while it waits", within(t, "the end of Read", ended))

	c.SetDeadline(time.Now())
	_, err := c.Write([]byte("x"))
	late("Write", err)
	c.SetDeadline(time.Time{})
	if _, err := c.Write([]byte("y")); err != nil {
		t.Error(err)
	}
	if err := read(); err != nil {
		t.Error(err)
	}
}

func TestConnCloseEndsReadAndWrite(t *testing.T) {
	t.Parallel()
	peer := testserver.NewScript(t, testserver.Script{testserver.ExpectBytes(1), testserver.Hold()})
	c := dialed(t, "http://"+peer.Addr())
	ended := make(chan error, 2)
	go func() {
		_, err := c.Read(make([]byte, 1))
		ended <- err
	}()
	began := make(chan struct{})
	go func() {
		c.Write([]byte("x"))
		close(began)
		for {
			if _, err := c.Write(make([]byte, 1<<20)); err != nil {
				ended <- err
				return
			}
		}
	}()
	within(t, "the first Write", began)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := within(t, "the end", ended); !errors.Is(err, net.ErrClosed) || !errors.Is(err, curl.ErrClosed) {
			t.Error(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestConnAddresses(t *testing.T) {
	t.Parallel()
	peer := testserver.NewScript(t, echoing)
	c := dialed(t, "http://"+peer.Addr())
	if got := c.RemoteAddr().String(); got != peer.Addr() || c.RemoteAddr().Network() != "tcp" {
		t.Errorf("RemoteAddr is %s, want %s", got, peer.Addr())
	}
	if a, ok := c.LocalAddr().(*net.TCPAddr); !ok || a.Port == 0 || !a.IP.IsLoopback() {
		t.Errorf("LocalAddr is %v", c.LocalAddr())
	}
	_, err := c.Easy().Recv(t.Context(), nil)
	if err != nil {
		t.Error(err)
	}
}

func TestDialReportsWhy(t *testing.T) {
	t.Parallel()
	if _, err := curl.Dial(bounded(t), "http://"+refusing(t)); !errors.Is(err, curl.ErrNoCgo) && !errors.Is(err, codes.CouldntConnect) {
		t.Error(err)
	}
	h := handleWith(t)
	if _, err := h.Conn(); !errors.Is(err, curl.ErrNotConnected) {
		t.Error(err)
	}
}

// Through a proxy a Conn is a tunnel, as no HTTP proxy relays anything else.
func TestConnThroughProxy(t *testing.T) {
	t.Parallel()
	proxy := testserver.NewProxy(t, testserver.ProxyConfig{})
	c := dialed(t, "http://"+testserver.NewScript(t, echoing).Addr(), opt.Proxy(proxy.URL()))
	if _, err := c.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 5)
	if _, err := io.ReadFull(c, got); err != nil || string(got) != "hello" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestConnIsOfTheTransferThatMadeIt: after the next Perform of the handle it read and wrote that one's connection.
func TestConnIsOfTheTransferThatMadeIt(t *testing.T) {
	t.Parallel()
	greets := func(name string) string {
		return "http://" + testserver.NewScript(t, testserver.Script{testserver.Send(name), testserver.Drain()}).Addr()
	}
	one := dialed(t, greets("one"))
	e := one.Easy()
	if err := e.Set(opt.URL(greets("two"))); err != nil {
		t.Fatal(err)
	}
	if err := e.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Write([]byte("for one")); !errors.Is(err, net.ErrClosed) || !errors.Is(err, curl.ErrNotConnected) {
		t.Errorf("Write: %v", err)
	}
	if n, err := one.Read(make([]byte, 10)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Read: %d bytes, %v", n, err)
	}
	two, err := e.Conn()
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 3)
	if _, err := io.ReadFull(two, got); err != nil || string(got) != "two" {
		t.Errorf("%q, %v", got, err)
	}
	if err := e.Reset(); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Read(got); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Read after Reset: %v", err)
	}
}
