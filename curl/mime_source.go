package curl

import (
	"errors"
	"io"
	"sync"
)

// ErrSourceInUse is the cause of the error of a transfer whose form, or Input, has a reader that another transfer has begun
// to read.
var ErrSourceInUse = errors.New("another transfer reads the same io.Reader; " +
	"call Easy.Input with one for each handle, or use Part.Open, which gives each transfer a reader of its own")

// origin is where the content of a part, or of an Input, comes from that Go reads: a Reader, or Open. It belongs to the MIME
// or the input and never changes.
type origin struct {
	lent *lent
	open func() (io.ReadCloser, error)
	size int64 // -1: unknown
}

func (o *origin) rewindable() bool { return o.open != nil || o.lent.seeker != nil }

// lent is a Reader of the user's, of which there is one however many handles have the form or are clones.
type lent struct {
	r      io.Reader
	seeker io.Seeker // nil: it cannot go back
	start  int64

	mu sync.Mutex // held while it is read; nobody waits for it
	by *source    // who has read last; guarded by mu
}

// source is what one handle reads of an origin. It belongs to whoever is inside libcurl with the handle; e.fn has it.
type source struct {
	of   *origin
	turn uint64        // of libcurl's reading, 0: it has not begun
	off  int64         // read so far
	cur  io.ReadCloser // what Open has returned, nil: it is not open
	end  bool          // has been reached
}

func newSources(m *MIME) []*source {
	list := make([]*source, len(m.sources))
	for i, o := range m.sources {
		list[i] = &source{of: o}
	}
	return list
}

// copySources makes those for a clone.
func copySources(from []*source) []*source {
	list := make([]*source, len(from))
	for i, s := range from {
		list[i] = &source{of: s.of}
	}
	return list
}

// read is Read for libcurl's turn: with another one than before it starts anew.
func (s *source) read(p []byte, turn uint64) (int, error) {
	if s.turn != turn {
		if s.turn != 0 && s.off > 0 && !s.of.rewindable() {
			return 0, ErrNoRewind
		}
		s.close()
		s.turn, s.off, s.end = turn, 0, false
	}
	if size := s.of.size; size >= 0 && int64(len(p)) > size-s.off {
		p = p[:size-s.off]
	}
	if s.end || len(p) == 0 {
		s.close()
		return 0, io.EOF
	}
	n, err := s.next(p)
	if n < 0 || n > len(p) {
		return 0, errReadCount
	}
	s.off += int64(n)
	if err != io.EOF {
		return n, err
	}
	s.end = true
	s.close()
	if s.off < s.of.size {
		return n, io.ErrUnexpectedEOF
	}
	return n, io.EOF
}

func (s *source) next(p []byte) (int, error) {
	if l := s.of.lent; l != nil {
		return l.read(s, p)
	}
	if s.cur == nil {
		r, err := s.of.open()
		if err != nil {
			return 0, err
		}
		if r == nil {
			return 0, errNothingOpened
		}
		s.cur = r
	}
	return s.cur.Read(p)
}

var errNothingOpened = errors.New("Part.Open has returned neither a reader nor an error")

// read is for a source that has read off bytes. Of several transfers the one that begins last has the reader.
func (l *lent) read(s *source, p []byte) (int, error) {
	if !l.mu.TryLock() {
		return 0, ErrSourceInUse
	}
	defer l.mu.Unlock()
	switch {
	case s.off == 0 && l.seeker != nil: // it may have been read, perhaps through another MIME, which has a lent of its own
		if _, err := l.seeker.Seek(l.start, io.SeekStart); err != nil {
			return 0, err
		}
	case s.off == 0 && l.by != nil && l.by != s: // somebody has read it
		return 0, ErrNoRewind
	case s.off > 0 && l.by != s:
		return 0, ErrSourceInUse
	}
	l.by = s
	return l.r.Read(p)
}

// seek is for a source that is to go on from offset.
func (l *lent) seek(s *source, offset int64) error {
	if !l.mu.TryLock() {
		return ErrSourceInUse
	}
	defer l.mu.Unlock()
	if l.by != nil && l.by != s && offset > 0 {
		return ErrSourceInUse
	}
	if _, err := l.seeker.Seek(l.start+offset, io.SeekStart); err != nil {
		return err
	}
	l.by = s
	return nil
}

// close closes what Open has returned, if it is open.
func (s *source) close() {
	if c := s.cur; c != nil {
		s.cur = nil
		_ = c.Close() // all that is wanted of it has been read
	}
}
