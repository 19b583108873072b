//go:build cgo

package curl_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// stage is what examples have for a test: it owns their servers.
type stage struct{ ends []func() }

func (s *stage) Helper()                           {}
func (s *stage) Name() string                      { return "example" }
func (s *stage) Cleanup(f func())                  { s.ends = append(s.ends, f) }
func (s *stage) Errorf(format string, args ...any) { log.Printf(format, args...) }
func (s *stage) Fatalf(format string, args ...any) { log.Fatalf(format, args...) }
func (s *stage) Logf(string, ...any)               {}
func (s *stage) Skipf(format string, args ...any)  { log.Fatalf(format, args...) }

func (s *stage) TempDir() string {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	s.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (s *stage) end() {
	for i := len(s.ends) - 1; i >= 0; i-- {
		s.ends[i]()
	}
}

// ftpServer has some files.
func ftpServer() (url string, stop func()) {
	s := new(stage)
	server := testserver.NewFTP(s, testserver.FTPConfig{Files: map[string]string{
		"/pub/january.csv": "1,2", "/pub/february.csv": "3,4", "/pub/notes.txt": "not this",
	}})
	return server.URL("/pub/"), s.end
}

// camera sends a packet of RTP with its answer.
func camera() (url string, stop func()) {
	s := new(stage)
	server := testserver.NewScript(s, testserver.Script{testserver.Do("answer", func(c *testserver.ScriptConn) error {
		head, err := rtspHead(c)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c, "RTSP/1.0 200 OK\r\nCSeq: %s\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n$\x00\x00\x05frame", head.Get("CSeq"))
		return err
	}), testserver.Drain()})
	return "rtsp://" + server.Addr() + "/", s.end
}

// postOffice takes a mail by SMTP, and gives it out.
func postOffice() (address string, taken func() string, stop func()) {
	s := new(stage)
	server := testserver.NewScript(s, mailbox)
	return server.Addr(), func() string {
		_, mail, _ := strings.Cut(server.Received(0), "DATA\r\n")
		mail, _, _ = strings.Cut(mail, "\r\n.\r\n")
		return mail + "\r\n"
	}, s.end
}

// startSSHServer has a file for who has its user's key.
func startSSHServer() *sshExample {
	if why := noSSHD(); why != "" { // TestMain has it run all the same, for all peers are to be there
		log.Fatal("not run, ", why)
	}
	s := &sshExample{}
	s.sshServer = startSSHD(&s.stage)
	return s
}

type sshExample struct {
	stage
	*sshServer
}
