package testserver

// An ftpCommand is what the server does on a verb.
type ftpCommand struct {
	do          func(s *ftpSession, arg string)
	beforeLogin bool
}

var ftpCommands = map[string]ftpCommand{
	"USER": {func(s *ftpSession, arg string) { s.user = arg; s.reply("331 and the password?") }, true},
	"PASS": {(*ftpSession).login, true},
	"QUIT": {func(s *ftpSession, _ string) { s.reply("221 bye") }, true},
	"NOOP": {func(s *ftpSession, _ string) { s.reply("200 nothing done") }, true},
	"SYST": {func(s *ftpSession, _ string) { s.reply("215 UNIX Type: L8") }, true},

	"PWD":  {func(s *ftpSession, _ string) { s.reply("257 \"" + s.dir + "\" is where you are") }, false},
	"CWD":  {(*ftpSession).chdir, false},
	"CDUP": {func(s *ftpSession, _ string) { s.chdir("..") }, false},
	"TYPE": {func(s *ftpSession, arg string) { s.reply("200 type " + arg) }, false},
	"MODE": {func(s *ftpSession, arg string) { s.reply("200 mode " + arg) }, false},
	"SIZE": {(*ftpSession).size, false},
	"MDTM": {func(s *ftpSession, arg string) {
		_, ok := s.server.files.read(s.path(arg))
		s.answer(ok, "213 "+BytesTime.Format("20060102150405"), "550 no such file")
	}, false},
	"REST": {(*ftpSession).restart, false},
	"DELE": {func(s *ftpSession, arg string) {
		s.answer(s.server.files.remove(s.path(arg)), "250 gone", "550 no such file")
	}, false},
	"MKD": {func(s *ftpSession, arg string) {
		s.answer(s.server.files.makeDir(s.path(arg)), "257 made", "550 cannot make it")
	}, false},

	"EPSV": {func(s *ftpSession, _ string) { s.openPassive(announceEPSV) }, false},
	"PASV": {func(s *ftpSession, _ string) { s.openPassive(announcePASV) }, false},
	"LIST": {func(s *ftpSession, arg string) { s.list(arg, false) }, false},
	"NLST": {func(s *ftpSession, arg string) { s.list(arg, true) }, false},
	"RETR": {(*ftpSession).retrieve, false},
	"STOR": {func(s *ftpSession, arg string) { s.store(arg, s.rest) }, false},
	"APPE": {func(s *ftpSession, arg string) { s.store(arg, -1) }, false},
}
