package testserver

import (
	"context"
	"fmt"
	"io"
	"net"
	"path"
)

// openPassive listens for the next data connection and replies with its port.
func (s *ftpSession) openPassive(announce func(port int) string) {
	s.dropPassive()
	host, _, _ := net.SplitHostPort(s.control.LocalAddr().String())
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		s.reply("425 no port is free")
		return
	}
	s.passive = listener
	s.reply(announce(portOf(listener.Addr())))
}

func announceEPSV(port int) string { return fmt.Sprintf("229 come in (|||%d|)", port) }

func announcePASV(port int) string {
	return fmt.Sprintf("227 come in (127,0,0,1,%d,%d)", port>>8, port&0xff)
}

func (s *ftpSession) dropPassive() {
	if s.passive != nil {
		_ = s.passive.Close()
		s.passive = nil
	}
}

// transfer takes the data connection, lets move use it and reports the result
// on the control connection.
func (s *ftpSession) transfer(move func(data net.Conn) error) {
	s.rest = 0
	if s.passive == nil {
		s.reply("425 ask for passive mode first")
		return
	}
	defer s.dropPassive()
	s.reply("150 here it comes")
	listener := s.passive
	stop := context.AfterFunc(s.server.ctx, func() { _ = listener.Close() })
	data, err := listener.Accept()
	stop()
	if err != nil {
		s.reply("425 nobody came")
		return
	}
	s.server.keep(data)
	if gate := s.server.config.Data; gate != nil {
		err = gate.Pass(s.server.ctx)
	}
	if err == nil {
		err = move(data)
	}
	s.server.drop(data)
	if gate := s.server.config.Done; gate != nil && gate.Pass(s.server.ctx) != nil {
		return
	}
	s.answer(err == nil, "226 done", "426 the data connection broke")
}

func (s *ftpSession) retrieve(arg string) {
	content, ok := s.server.files.read(s.path(arg))
	start := s.rest
	if !ok || start > int64(len(content)) {
		s.rest = 0
		s.reply("550 no such file, or not that long")
		return
	}
	s.transfer(func(data net.Conn) error {
		_, err := data.Write(content[start:])
		return err
	})
}

// list ignores flags such as -a. A file is listed through its directory.
func (s *ftpSession) list(arg string, namesOnly bool) {
	dir := s.dir
	if arg != "" && arg[0] != '-' {
		dir = s.path(arg)
	}
	if !s.server.files.isDir(dir) {
		s.reply("550 no such directory")
		return
	}
	s.transfer(func(data net.Conn) error {
		_, err := io.WriteString(data, s.server.files.list(dir, namesOnly))
		return err
	})
}

// store writes at an offset; -1 appends.
func (s *ftpSession) store(arg string, offset int64) {
	name := s.path(arg)
	if !s.server.files.isDir(path.Dir(name)) {
		s.reply("550 no such directory")
		return
	}
	s.transfer(func(data net.Conn) error {
		content, err := io.ReadAll(data)
		if old, _ := s.server.files.read(name); offset < 0 {
			offset = int64(len(old))
		}
		s.server.files.write(name, offset, content)
		return err
	})
}
