package testserver

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
)

// A Step is one move of a [Script]. A step that fails ends its connection.
type Step struct {
	name string
	do   func(*ScriptConn) error
}

// Do is a step of the test's own. The name appears in its failure.
func Do(name string, do func(c *ScriptConn) error) Step { return Step{name, do} }

// Expect reads one line, without its line end, and fails unless it matches the
// whole of a regular expression.
func Expect(pattern string) Step {
	re := regexp.MustCompile(`\A(?:` + pattern + `)\z`)
	return Do(fmt.Sprintf("Expect(%q)", pattern), func(c *ScriptConn) error {
		line, err := c.Reader.ReadString('\n')
		if err != nil {
			return fmt.Errorf("the client sent %q: %w", line, err)
		}
		if line = strings.TrimRight(line, "\r\n"); !re.MatchString(line) {
			return fmt.Errorf("the client sent %q", line)
		}
		return nil
	})
}

// ExpectHead reads up to and including an empty line: the head of a request.
func ExpectHead() Step {
	return Do("ExpectHead", func(c *ScriptConn) error {
		for {
			line, err := c.Reader.ReadString('\n')
			if err != nil || strings.TrimRight(line, "\r\n") == "" {
				return err
			}
		}
	})
}

// ExpectBytes reads n bytes, whatever they are.
func ExpectBytes(n int64) Step {
	return Do(fmt.Sprintf("ExpectBytes(%d)", n), func(c *ScriptConn) error {
		_, err := io.CopyN(io.Discard, c.Reader, n)
		return err
	})
}

// Send sends text as it stands; the caller writes \r\n.
func Send(text string) Step {
	return Do(fmt.Sprintf("Send(%.20q)", text), func(c *ScriptConn) error {
		_, err := c.Write([]byte(text))
		return err
	})
}

// SendPattern sends n bytes of [Pattern].
func SendPattern(n int64) Step {
	return Do(fmt.Sprintf("SendPattern(%d)", n), func(c *ScriptConn) error {
		_, err := io.Copy(c.Conn, NewPatternReader(n))
		return err
	})
}

// Wait holds the connection at a gate. It reads nothing meanwhile and does not
// notice a client that goes; end such a script with the gate.
func Wait(g *Gate) Step {
	return Do("Wait", func(c *ScriptConn) error { return g.Pass(c.Context()) })
}

// Hold keeps the connection open until the server is closed, without reading
// or sending any more.
func Hold() Step { return Wait(NewGate()) }

// Drain reads until the client closes its side, in whatever way.
func Drain() Step {
	return Do("Drain", func(c *ScriptConn) error {
		_, _ = io.Copy(io.Discard, c.Reader)
		return nil
	})
}

// CloseWrite ends the server's half of the connection; reading goes on.
func CloseWrite() Step {
	return Do("CloseWrite", func(c *ScriptConn) error { return c.Conn.(*net.TCPConn).CloseWrite() })
}

// Reset ends the connection by a TCP reset and the script with it.
func Reset() Step {
	return Do("Reset", func(c *ScriptConn) error {
		if err := c.Conn.(*net.TCPConn).SetLinger(0); err != nil {
			return err
		}
		_ = c.Close()
		return errStop
	})
}

// ExpectClientHello reads the first TLS record. With [Hold] after it, this is a
// server whose handshake never goes on.
func ExpectClientHello() Step {
	return Do("ExpectClientHello", func(c *ScriptConn) error {
		head := make([]byte, 5) // type, version, length
		if _, err := io.ReadFull(c.Reader, head); err != nil {
			return err
		}
		if !bytes.HasPrefix(head, []byte{22, 3}) {
			return fmt.Errorf("the client sent % x, not the start of a TLS handshake", head)
		}
		_, err := io.CopyN(io.Discard, c.Reader, int64(head[3])<<8|int64(head[4]))
		return err
	})
}
