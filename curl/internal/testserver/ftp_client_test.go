package testserver_test

import (
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// An ftpClient is a control connection that has read the greeting.
type ftpClient struct {
	t *testing.T
	*textproto.Conn
}

func dialFTP(t *testing.T, s *testserver.FTP) ftpClient {
	t.Helper()
	c := ftpClient{t, textproto.NewConn(dial(t, s.Addr()))}
	if _, _, err := c.ReadResponse(220); err != nil {
		t.Fatal(err)
	}
	return c
}

// cmd sends a command and wants a reply of that code.
func (c ftpClient) cmd(code int, line string) string {
	c.t.Helper()
	if err := c.PrintfLine("%s", line); err != nil {
		c.t.Fatal(err)
	}
	_, text, err := c.ReadResponse(code)
	if err != nil {
		c.t.Fatalf("%s: %v", line, err)
	}
	return text
}

func (c ftpClient) login() ftpClient {
	c.t.Helper()
	c.cmd(331, "USER "+testserver.User)
	c.cmd(230, "PASS "+testserver.Password)
	return c
}

func (c ftpClient) passive() *net.TCPConn {
	c.t.Helper()
	text := c.cmd(229, "EPSV")
	port := strings.Split(text, "|")[3]
	return dial(c.t, "127.0.0.1:"+port)
}

func (c ftpClient) download(line string) string {
	c.t.Helper()
	data := c.passive()
	c.cmd(150, line)
	content, err := io.ReadAll(data)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, _, err := c.ReadResponse(226); err != nil {
		c.t.Fatalf("%s: %v", line, err)
	}
	return string(content)
}

func (c ftpClient) upload(line, content string) {
	c.t.Helper()
	data := c.passive()
	c.cmd(150, line)
	if _, err := io.WriteString(data, content); err != nil {
		c.t.Fatal(err)
	}
	_ = data.Close()
	if _, _, err := c.ReadResponse(226); err != nil {
		c.t.Fatalf("%s: %v", line, err)
	}
}
