package testserver

import (
	"bytes"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"io"
)

// A WebSocketFrame is one frame, as RFC 6455 lays it out.
type WebSocketFrame struct {
	Fin  bool
	Op   byte // one of the Op constants, or any other up to 15
	Data []byte
}

// The kinds of frames.
const (
	OpContinue byte = 0
	OpText     byte = 1
	OpBinary   byte = 2
	OpClose    byte = 8
	OpPing     byte = 9
	OpPong     byte = 10
)

// AppendFrame appends the frame in the form in which a server sends it.
func AppendFrame(b []byte, f WebSocketFrame) []byte {
	first := f.Op
	if f.Fin {
		first |= 0x80
	}
	b = append(b, first)
	switch n := len(f.Data); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, f.Data...)
}

// WriteFrames sends frames, all in one piece.
func (c *WebSocketConn) WriteFrames(frames ...WebSocketFrame) error {
	var b []byte
	for _, f := range frames {
		b = AppendFrame(b, f)
	}
	_, err := c.Write(b)
	return err
}

// ReadFrame returns the client's next frame, unmasked. A frame that is not
// masked is an error.
func (c *WebSocketConn) ReadFrame() (f WebSocketFrame, err error) {
	var head [14]byte
	read := func(from, to int) {
		if err == nil {
			_, err = io.ReadFull(c.Reader, head[from:to])
		}
	}
	read(0, 2)
	n := uint64(head[1] & 0x7f)
	switch n {
	case 126:
		read(2, 4)
		n = uint64(binary.BigEndian.Uint16(head[2:]))
	case 127:
		read(2, 10)
		n = binary.BigEndian.Uint64(head[2:])
	}
	read(10, 14)
	switch {
	case err != nil:
		return f, err
	case head[1]&0x80 == 0:
		return f, errors.New("testserver: the client has sent a frame without a mask")
	case n > 1<<30:
		return f, errors.New("testserver: the client announces more than a GiB")
	}
	f = WebSocketFrame{Fin: head[0]&0x80 != 0, Op: head[0] & 0x0f, Data: make([]byte, n)}
	if _, err := io.ReadFull(c.Reader, f.Data); err != nil {
		return f, err
	}
	mask := bytes.Repeat(head[10:], 1024)
	for rest := f.Data; len(rest) > 0; {
		rest = rest[subtle.XORBytes(rest, rest, mask):]
	}
	return f, nil
}

// Echo sends every data frame back as it came, answers pings, and ends with
// the closing handshake, or when the client is gone.
func (c *WebSocketConn) Echo() {
	for {
		f, err := c.ReadFrame()
		if err != nil {
			return
		}
		switch f.Op {
		case OpPing:
			f.Op = OpPong
		case OpPong:
			continue
		}
		if err := c.WriteFrames(f); err != nil || f.Op == OpClose {
			return
		}
	}
}
