package testserver_test

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestFTPServesFiles(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/a.txt": "0123456789", "/dir/b.txt": "b"}})
	c := dialFTP(t, s).login()
	if got := c.download("RETR a.txt"); got != "0123456789" {
		t.Errorf("RETR: %q", got)
	}
	c.cmd(350, "REST 7")
	if got := c.download("RETR /a.txt"); got != "789" {
		t.Errorf("RETR after REST: %q", got)
	}
	if got := c.download("RETR /a.txt"); got != "0123456789" {
		t.Errorf("REST lasted for a second transfer: %q", got)
	}
	if got := c.cmd(213, "SIZE a.txt"); got != "10" {
		t.Errorf("SIZE: %q", got)
	}
	if got := c.cmd(213, "MDTM a.txt"); got != "20200102030405" {
		t.Errorf("MDTM: %q", got)
	}
	want := "drwxr-xr-x 1 owner group        0 Jan  2  2020 dir\r\n-rw-r--r-- 1 owner group       10 Jan  2  2020 a.txt\r\n"
	if got := c.download("LIST"); got != want {
		t.Errorf("LIST:\n%s", got)
	}
	c.cmd(250, "CWD dir")
	if got := c.cmd(257, "PWD"); !strings.HasPrefix(got, `"/dir" `) {
		t.Errorf("PWD: %q", got)
	}
	if got := c.download("NLST"); got != "b.txt\r\n" {
		t.Errorf("NLST: %q", got)
	}
	c.cmd(550, "CWD nowhere")
	c.cmd(550, "RETR nothing")
	c.cmd(425, "RETR b.txt") // without passive mode
	c.cmd(502, "PORT 127,0,0,1,1,1")
	c.cmd(221, "QUIT")
	if _, err := c.ReadLine(); err != io.EOF {
		t.Errorf("after QUIT: %v", err)
	}
	if got := s.Commands(); !slices.Contains(got, "CWD dir") || got[len(got)-1] != "QUIT" {
		t.Errorf("commands: %q", got)
	}
}

func TestFTPTakesFiles(t *testing.T) {
	s := testserver.NewFTP(t, testserver.FTPConfig{})
	c := dialFTP(t, s).login()
	check := func(path, want string) {
		t.Helper()
		if got, ok := s.File(path); !ok || string(got) != want {
			t.Errorf("%s holds %q, %t; want %q", path, got, ok, want)
		}
	}
	c.upload("STOR x", "first")
	check("/x", "first")
	c.upload("APPE x", "+more")
	check("/x", "first+more")
	c.cmd(350, "REST 5")
	c.upload("STOR x", "!")
	check("/x", "first!")
	c.cmd(257, "MKD new")
	c.upload("STOR new/y", "")
	check("/new/y", "")
	c.cmd(250, "DELE x")
	if _, ok := s.File("/x"); ok {
		t.Error("the deleted file is still there")
	}
	c.cmd(550, "STOR nowhere/z")
}

func TestFTPConfig(t *testing.T) {
	gate := testserver.NewGate()
	s := testserver.NewFTP(t, testserver.FTPConfig{
		Files: map[string]string{"/a": "a"}, Auth: true, NoEPSV: true, Data: gate,
		Hook: func(_ context.Context, verb, arg string) (string, bool) {
			if verb != "TYPE" {
				return "", false
			}
			return "504 not " + arg, true
		},
	})
	c := dialFTP(t, s)
	c.cmd(530, "PWD")
	c.cmd(331, "USER x")
	c.cmd(530, "PASS y")
	c.login()
	if got := c.cmd(504, "TYPE I"); got != "not I" {
		t.Errorf("the hook's reply came as %q", got)
	}
	c.cmd(502, "EPSV")
	address := c.cmd(227, "PASV")
	numbers := strings.Split(strings.Trim(address, "come in()"), ",")
	high, _ := strconv.Atoi(numbers[4])
	low, _ := strconv.Atoi(numbers[5])
	data := dial(t, "127.0.0.1:"+strconv.Itoa(high<<8|low))
	c.cmd(150, "RETR a")
	await(t, "the transfer", gate.Arrived(1))
	gate.Open()
	if got, err := io.ReadAll(data); string(got) != "a" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestFTPCloseEndsATransferThatNobodyFetches(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/a": "a"}})
	c := dialFTP(t, s).login()
	c.cmd(229, "EPSV")
	c.cmd(150, "RETR a")
	s.Close()
}
