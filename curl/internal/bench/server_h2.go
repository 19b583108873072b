package main

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// serveH2 is the server of the HTTP/2 works, in a process of its own: HTTP/2 over TLS on a port that it prints. It ends
// with its input.
func serveH2() error {
	authority, err := testserver.NewAuthority()
	if err != nil {
		return err
	}
	cert, err := authority.Issue("bench", "127.0.0.1")
	if err != nil {
		return err
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}})
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, l.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			if err := answerH2(c.(*tls.Conn)); !errors.Is(err, io.EOF) {
				fmt.Fprintln(os.Stderr, "bench: HTTP/2 server:", err)
			}
		}()
	}
}

// The parts of RFC 9113 that the works need.
const (
	preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

	frameData     = 0x0
	frameHeaders  = 0x1
	frameSettings = 0x4
	framePing     = 0x6

	flagAck        = 0x1
	flagEndStream  = 0x1
	flagEndHeaders = 0x4
)

// answerH2 answers every request with 64 bytes, whatever it asks for: the server of net/http takes longer for it than
// its clients, so it would be what is measured. Clients grant more than such bodies can use up, so windows are not kept.
func answerH2(c *tls.Conn) error {
	if err := c.Handshake(); err != nil {
		return err
	}
	if p := c.ConnectionState().NegotiatedProtocol; p != "h2" {
		return fmt.Errorf("a client speaks %q", p)
	}
	body := strings.Repeat("x", 64)
	// :status 200, then content-length by its place in the static table.
	head := "\x88\x0f\x0d\x0264"
	in := bufio.NewReaderSize(c, 64<<10)
	if _, err := in.Discard(len(preface)); err != nil {
		return err
	}
	out := frame(nil, frameSettings, 0, 0, "")
	for {
		if in.Buffered() == 0 && len(out) > 0 {
			if _, err := c.Write(out); err != nil {
				return err
			}
			out = out[:0]
		}
		h, err := in.Peek(9)
		if err != nil {
			return err
		}
		size, kind, flags := int(h[0])<<16|int(h[1])<<8|int(h[2]), h[3], h[4]
		stream := binary.BigEndian.Uint32(h[5:])
		in.Discard(9)
		payload, err := in.Peek(size)
		if err != nil {
			return err
		}
		switch {
		case kind == frameSettings && flags&flagAck == 0:
			out = frame(out, frameSettings, flagAck, 0, "")
		case kind == framePing && flags&flagAck == 0:
			out = frame(out, framePing, flagAck, 0, string(payload))
		case kind == frameHeaders && flags&flagEndHeaders != 0 && flags&flagEndStream != 0:
			out = frame(out, frameHeaders, flagEndHeaders, stream, head)
			out = frame(out, frameData, flagEndStream, stream, body)
		case kind == frameHeaders, kind == frameData:
			return errors.New("a client sends more than a small GET")
		}
		in.Discard(size)
	}
}

func frame(to []byte, kind, flags byte, stream uint32, payload string) []byte {
	size := len(payload)
	to = append(to, byte(size>>16), byte(size>>8), byte(size), kind, flags)
	to = binary.BigEndian.AppendUint32(to, stream)
	return append(to, payload...)
}
