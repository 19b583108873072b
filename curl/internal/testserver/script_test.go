package testserver_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestScriptFollowsItsSteps(t *testing.T) {
	testserver.CheckGoroutines(t)
	gate := testserver.NewGate()
	s := testserver.NewScript(t,
		testserver.Script{
			testserver.Send("220 ready\r\n"),
			testserver.Expect(`USER (\w+)`),
			testserver.Wait(gate),
			testserver.ExpectHead(),
			testserver.ExpectBytes(3),
			testserver.SendPattern(4),
			testserver.CloseWrite(),
			testserver.Drain(),
		},
		testserver.Script{testserver.Send("second")},
	)
	c := dial(t, s.Addr())
	r := bufio.NewReader(c)
	if line, err := r.ReadString('\n'); line != "220 ready\r\n" {
		t.Fatalf("greeting %q, %v", line, err)
	}
	if _, err := io.WriteString(c, "USER me\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\nabc"); err != nil {
		t.Fatal(err)
	}
	await(t, "the gate", gate.Arrived(1))
	gate.Open()
	rest, err := io.ReadAll(r)
	if err != nil || string(rest) != "\x00\x01\x02\x03" {
		t.Errorf("got %q, %v", rest, err)
	}
	if got := s.Received(0); got != "USER me\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\nabc" {
		t.Errorf("received %q", got)
	}
	for range 2 { // the last script serves all that follow
		if got, err := io.ReadAll(dial(t, s.Addr())); string(got) != "second" {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if s.Connections() != 3 || s.Received(7) != "" {
		t.Errorf("%d connections, the eighth one sent %q", s.Connections(), s.Received(7))
	}
}

func TestScriptFailsTheTestOfAClientThatDoesNotFollow(t *testing.T) {
	r := &recorder{T: t}
	s := testserver.NewScript(r, testserver.Script{testserver.Send("hi\r\n"), testserver.Expect("HELO")})
	c := dial(t, s.Addr())
	if _, err := io.WriteString(c, "EHLO\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(c); err != nil {
		t.Fatal(err)
	}
	r.end()
	if len(r.failures) != 1 || !strings.Contains(r.failures[0], `connection 0, step 1, Expect("HELO"): the client sent "EHLO"`) {
		t.Errorf("failures: %q", r.failures)
	}
}

func TestScriptResets(t *testing.T) {
	s := testserver.NewScript(t, testserver.Script{testserver.ExpectBytes(1), testserver.Reset(), testserver.Send("unsent")})
	c := dial(t, s.Addr())
	if _, err := c.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(c); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("read %q and %v, want a reset", got, err)
	}
}

func TestScriptHoldsATLSHandshake(t *testing.T) {
	testserver.CheckGoroutines(t)
	gate := testserver.NewGate()
	s := testserver.NewScript(t, testserver.Script{testserver.ExpectClientHello(), testserver.Wait(gate)})
	c := dial(t, s.Addr())
	handshake := make(chan error, 1)
	go func() { handshake <- handshakeTLS(c) }()
	await(t, "the ClientHello", gate.Arrived(1))
	select {
	case err := <-handshake:
		t.Fatalf("the handshake ended: %v", err)
	default:
	}
	s.Close()
	if err := <-handshake; err == nil {
		t.Error("the handshake succeeded")
	}
}

func TestScriptCloseEndsHold(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewScript(t, testserver.Script{testserver.Hold()})
	c := dial(t, s.Addr())
	await(t, "the connection", s.Connected(1))
	s.Close()
	if _, err := io.ReadAll(c); err != nil && !errors.Is(err, net.ErrClosed) && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v", err)
	}
}
