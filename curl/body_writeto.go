package curl

import (
	"io"
	"runtime"
	"sync"
)

// copyBuffers are for WriteTo, where data does not come to lie on the tape.
var copyBuffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// WriteTo writes what is left of the body to w, which is what io.Copy calls. Its errors are those of Read, without
// io.EOF, and those of w. The bytes that w is given are valid during the call only. Meanwhile a Read, also one inside
// w, is ErrReading.
func (b *Body) WriteTo(w io.Writer) (total int64, err error) {
	if b.never() {
		return 0, ErrBodyClosed
	}
	s := b.s
	if err := s.take("WriteTo"); err != nil {
		return 0, err
	}
	defer func() {
		if s.quitting() && !s.ended { // while w had the turn: then it is to be done here
			s.pull(b.e, nil)
		}
		s.release()
		runtime.KeepAlive(b)
	}()
	buf := copyBuffers.Get().(*[64 << 10]byte)
	for {
		s.want(b.e, buf[:])
		p := s.left
		if s.window.N > 0 {
			p = buf[:s.window.N]
		}
		if len(p) == 0 {
			break
		}
		n, err := s.lend(w, p)
		total += int64(n)
		s.left = p[n:] // also of buf, which is not given back then
		if err != nil {
			return total, err
		}
	}
	copyBuffers.Put(buf)
	if err := s.last(); err != io.EOF {
		return total, err
	}
	return total, nil
}

// lend gives p to w, and the turn away for this time.
func (s *stream) lend(w io.Writer, p []byte) (n int, err error) {
	s.lent.Store(true)
	s.release()
	defer func() {
		<-s.turn
		s.lent.Store(false)
	}()
	return writeAll(w, p)
}
