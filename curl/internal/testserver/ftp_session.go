package testserver

import (
	"bufio"
	"io"
	"net"
	"path"
	"strconv"
	"strings"
)

// An ftpSession is one control connection.
type ftpSession struct {
	server   *FTP
	control  net.Conn
	dir      string
	user     string
	loggedIn bool
	rest     int64        // where the next transfer starts
	passive  net.Listener // where the next data connection comes in, or nil
}

func newFTPSession(f *FTP, c net.Conn) *ftpSession {
	return &ftpSession{server: f, control: c, dir: "/"}
}

func (s *ftpSession) run() {
	defer s.dropPassive()
	s.reply("220 testserver ready")
	for lines := bufio.NewReader(s.control); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.server.note(line)
		verb, arg, _ := strings.Cut(line, " ")
		if verb = strings.ToUpper(verb); s.hooked(verb, arg) {
			continue
		}
		s.handle(verb, arg)
		if verb == "QUIT" {
			return
		}
	}
}

func (s *ftpSession) hooked(verb, arg string) bool {
	if s.server.config.Hook == nil {
		return false
	}
	reply, taken := s.server.config.Hook(s.server.ctx, verb, arg)
	if reply != "" {
		s.reply(reply)
	}
	return taken
}

func (s *ftpSession) handle(verb, arg string) {
	command, known := ftpCommands[verb]
	switch {
	case !known || verb == "EPSV" && s.server.config.NoEPSV:
		s.reply("502 " + verb + " is not known here")
	case !s.loggedIn && !command.beforeLogin:
		s.reply("530 log in first")
	default:
		command.do(s, arg)
	}
}

// reply sends one line. A client that has gone shows at the next read.
func (s *ftpSession) reply(line string) { _, _ = io.WriteString(s.control, line+"\r\n") }

// answer replies with one of two lines.
func (s *ftpSession) answer(ok bool, yes, no string) {
	if ok {
		s.reply(yes)
	} else {
		s.reply(no)
	}
}

func (s *ftpSession) path(arg string) string {
	if strings.HasPrefix(arg, "/") {
		return path.Clean(arg)
	}
	return path.Join(s.dir, arg)
}

func (s *ftpSession) login(password string) {
	ok := !s.server.config.Auth || s.user == User && password == Password
	s.loggedIn = ok
	s.answer(ok, "230 welcome", "530 that is not right")
}

func (s *ftpSession) chdir(arg string) {
	ok := s.server.files.isDir(s.path(arg))
	if ok {
		s.dir = s.path(arg)
	}
	s.answer(ok, "250 there", "550 no such directory")
}

func (s *ftpSession) size(arg string) {
	content, ok := s.server.files.read(s.path(arg))
	s.answer(ok, "213 "+strconv.Itoa(len(content)), "550 no such file")
}

func (s *ftpSession) restart(arg string) {
	n, err := strconv.ParseInt(arg, 10, 64)
	ok := err == nil && n >= 0
	if ok {
		s.rest = n
	}
	s.answer(ok, "350 the next transfer starts at "+arg, "501 not a number")
}
