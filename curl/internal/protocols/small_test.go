//go:build linux

package protocols

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// smallRows are the protocols of the old days.
func smallRows() []row {
	tftp, telnet, dict := maker(tftpSite), maker(telnetSite), maker(dictSite)
	gopher, gophers := maker(gopherSite), maker(gophersSite)
	return []row{
		{"TFTP", []string{"tftp"}, "atftpd", []string{"/usr/sbin/atftpd"}, true, []try{
			{"download", tftp.tftpDownload}, {"upload", tftp.upload}, {"no such file", tftp.noTFTPFile},
			{"cancellation", tftp.cancelInside}, {"server gone half-way", tftp.tftpGone},
		}},
		{"TELNET", []string{"telnet"}, "GNU inetutils' telnetd", []string{"/usr/sbin/telnetd"}, true, []try{
			{"session", telnet.telnetSession}, {"cancellation", telnet.telnetCancelled}, {"server gone half-way", telnet.telnetGone},
		}},
		{"DICT", []string{"dict"}, "dictd", []string{"/usr/sbin/dictd"}, true, []try{
			{"definition", dict.definition}, {"match", dict.match}, {"cancellation", dict.dictCancelled},
			{"server gone half-way", dict.dictGone},
		}},
		{"GOPHER", []string{"gopher"}, "Gophernicus", []string{"/usr/sbin/gophernicus"}, true, []try{
			{"download", gopher.gopherDownload}, {"listing", gopher.gopherMenu}, {"cancellation", gopher.gopherCancelled},
			{"server gone half-way", gopher.gopherGone},
		}},
		{"GOPHERS", []string{"gophers"}, "Gophernicus behind TLS of Go's", []string{"/usr/sbin/gophernicus"}, true, []try{
			{"download", gophers.gopherDownload}, {"listing", gophers.gopherMenu}, {"cancellation", gophers.gopherCancelled},
			{"server gone half-way", gophers.gopherGone},
		}},
	}
}

func tftpSite(t *testing.T) *site {
	p := newPeer(t)
	p.file("files/there", "")
	if err := os.Chmod(p.dir+"/files", 0o777); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	cmd := p.command("/usr/sbin/atftpd", "--daemon", "--no-fork", "--port", fmt.Sprint(port), "--bind-address", "127.0.0.1",
		"--user", "nobody", "--group", "nogroup", "--logfile", p.dir+"/atftpd.log", p.dir+"/files")
	if err := p.start(cmd, p.log("atftpd")); err != nil {
		t.Fatal(err)
	}
	p.until("atftpd has no socket", func() bool {
		table, _ := os.ReadFile("/proc/net/udp")
		return strings.Contains(string(table), fmt.Sprintf("0100007F:%04X", port))
	})
	return &site{peer: p, url: func(name string) string { return fmt.Sprintf("tftp://127.0.0.1:%d/%s", port, name) }}
}

// tftpDownload is in many blocks, with and without options of the protocol.
func (m maker) tftpDownload(t *testing.T) {
	s := m(t)
	want := pattern(100_000)
	s.file("files/download", want)
	s.gets(s.handle("download"), want)
	s.gets(s.handle("download", opt.TFTPBlockSize(1024)), want)
}

func (m maker) noTFTPFile(t *testing.T) {
	wantCode(t, m(t).handle("none").Perform(patient(t)), codes.TFTPNotFound)
}

// tftpGone: nothing tells that the other side of UDP is gone, but a timeout.
func (m maker) tftpGone(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	s.options = append(s.options, opt.Timeout(time.Second))
	s.dies("large")
}

// telnetSite has cat, on a terminal, after real telnet negotiation.
func telnetSite(t *testing.T) *site {
	p := newPeer(t)
	address := p.inetd("/usr/sbin/telnetd", "-E", "/bin/cat")
	return &site{peer: p, url: func(string) string { return "telnet://" + address }}
}

// telnetSession types a line until it is shown, and then the end: what is typed before cat is there may be lost.
func (m maker) telnetSession(t *testing.T) {
	s := m(t)
	var screen strings.Builder
	shown := func() bool { return strings.Contains(screen.String(), "hello over there") }
	h := s.handle("", opt.WriteFunction(func(p []byte) error { screen.Write(p); return nil }),
		opt.ReadFunction(func(p []byte) (int, error) {
			if shown() {
				return copy(p, "\x04"), nil
			}
			return copy(p, "hello over there\r\n"), nil
		}))
	err := h.Perform(patient(t))
	if errors.Is(err, codes.SendError) && shown() {
		err = nil // the end was typed once more when the server had hung up
	}
	if err != nil || !shown() {
		t.Errorf("%q, %v", screen.String(), err)
	}
}

// shows is a session that is done with when the terminal has shown something.
func (s *site) shows(then func(h *curl.Easy)) error {
	said := false
	var h *curl.Easy
	h = s.handle("", opt.ReadFunction(func(p []byte) (int, error) {
		if said {
			return 0, opt.ErrPause
		}
		said = true
		return copy(p, "hello\r\n"), nil
	}), opt.WriteFunction(func([]byte) error { then(h); return nil }))
	return h.Perform(patient(s.t))
}

func (m maker) telnetCancelled(t *testing.T) {
	s := m(t)
	if err := s.shows(func(h *curl.Easy) { h.Cancel() }); !errors.Is(err, curl.ErrCancelled) {
		t.Errorf("%v", err)
	}
}

// telnetGone: the end of the connection is the end of a session, whatever ended it.
func (m maker) telnetGone(t *testing.T) {
	s := m(t)
	if err := s.shows(func(*curl.Easy) { s.gone() }); err != nil && errors.Is(err, codes.OperationTimedOut) {
		t.Errorf("%v", err)
	}
}

// dictSite has a dictionary of three words, one with a long article.
func dictSite(t *testing.T) *site {
	p := newPeer(t)
	p.file("files/words.dict", "curl\n  to twist\ngopher\n  a rodent\n"+strings.Repeat("  so\n", large/5))
	// Where each word is, and how long its article, in digits of base 64: 34 is i, and 2^24 has five digits.
	p.file("files/words.index", "curl\tA\tQ\ngopher\tQ\tS\nlong\ti\t"+base64Number(large/5*5)+"\n")
	config := p.file("files/dictd.conf", fmt.Sprintf("access { allow * }\ndatabase words { data %[1]s/files/words.dict\n index %[1]s/files/words.index }\n", p.dir))
	address := p.inetd("/usr/sbin/dictd", "--inetd", "--config", config)
	return &site{peer: p, url: func(name string) string { return "dict://" + address + "/" + name }}
}

func (m maker) definition(t *testing.T) {
	body, err := m(t).handle("d:gopher").Fetch(patient(t))
	if err != nil || !strings.Contains(string(body), "a rodent") || strings.Contains(string(body), "to twist") {
		t.Errorf("%q, %v", body, err)
	}
}

// base64Number is a number as dictd writes it.
func base64Number(n int) (digits string) {
	const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for ; n > 0; n /= 64 {
		digits = all[n%64:n%64+1] + digits
	}
	return digits
}

func (m maker) dictCancelled(t *testing.T) { m(t).cancelledInside("d:long") }

// dictGone: libcurl does not look for the end of an article.
func (m maker) dictGone(t *testing.T) { m(t).isCut("d:long") }

func (m maker) match(t *testing.T) {
	body, err := m(t).handle("m:cu::prefix").Fetch(patient(t))
	if err != nil || !strings.Contains(string(body), `words "curl"`) {
		t.Errorf("%q, %v", body, err)
	}
}

func gopherSite(t *testing.T) *site {
	p := newPeer(t)
	p.file("files/there.txt", "")
	nobody := &syscall.Credential{Uid: 65534, Gid: 65534} // it refuses to run as root
	address := p.inetdAs(nobody, "/usr/sbin/gophernicus", "-nf", "-h", "localhost", "-r", p.dir+"/files", "-o", "UTF-8")
	return &site{peer: p, url: func(name string) string { return "gopher://" + address + "/" + name }}
}

// gophersSite has Go do the TLS.
func gophersSite(t *testing.T) *site {
	s := gopherSite(t)
	address, trust := s.behindTLS(strings.TrimSuffix(strings.TrimPrefix(s.url(""), "gopher://"), "/"))
	s.options = []opt.Option{trust}
	s.url = func(name string) string { return "gophers://" + address + "/" + name }
	return s
}

func (m maker) gopherDownload(t *testing.T) {
	s := m(t)
	want := pattern(300_000)
	s.file("files/download.bin", want)
	s.gets(s.handle("9/download.bin"), want)
}

func (m maker) gopherMenu(t *testing.T) {
	s := m(t)
	s.file("files/one.txt", "1")
	body, err := s.handle("").Fetch(patient(t))
	if err != nil || !strings.Contains(string(body), "one.txt") || !strings.Contains(string(body), "there.txt") {
		t.Errorf("%q, %v", body, err)
	}
}

func (m maker) gopherCancelled(t *testing.T) {
	s := m(t)
	s.file("files/large.bin", pattern(large))
	s.cancelled("9/large.bin")
}

// gopherGone: Gopher cannot tell the end of a file from that of its server, so there may be no error; but there is an end.
func (m maker) gopherGone(t *testing.T) {
	s := m(t)
	s.file("files/large.bin", pattern(large))
	s.isCut("9/large.bin")
}
