package curl

import "fmt"

// This file is what fmt and loggers print of objects. By themselves they would read the fields, which other goroutines write.

// String tells handles apart, and shows nothing of what is set: "(*curl.Easy)(0xc000012345)". A nil Easy has one, too.
func (e *Easy) String() string { return printed(e) }

// GoString is String, for %#v.
func (e *Easy) GoString() string { return printed(e) }

// String tells one Multi from another: "(*curl.Multi)(0xc000012345)".
func (m *Multi) String() string { return printed(m) }

// GoString is String, for %#v.
func (m *Multi) GoString() string { return printed(m) }

// String tells one Engine from another: "(*curl.Engine)(0xc000012345)".
func (g *Engine) String() string { return printed(g) }

// GoString is String, for %#v.
func (g *Engine) GoString() string { return printed(g) }

// String tells shares apart: "(*curl.Share)(0xc000012345)".
func (s *Share) String() string { return printed(s) }

// GoString is String, for %#v.
func (s *Share) GoString() string { return printed(s) }

// String tells shares apart: "(*curl.ConfinedShare)(0xc000012345)".
func (s *ConfinedShare) String() string { return printed(s) }

// GoString is String, for %#v.
func (s *ConfinedShare) GoString() string { return printed(s) }

// String tells forms apart, and shows nothing of their parts: "(*curl.MIME)(0xc000012345)".
func (m *MIME) String() string { return printed(m) }

// GoString is String, for %#v.
func (m *MIME) GoString() string { return printed(m) }

// GoString tells one URL from another: %#v shows neither it nor its password, as String does.
func (u *URL) GoString() string { return printed(u) }

// String tells bodies apart: "(*curl.Body)(0xc000012345)".
func (b *Body) String() string { return printed(b) }

// GoString is String, for %#v.
func (b *Body) GoString() string { return printed(b) }

// String tells connections apart: "(*curl.Conn)(0xc000012345)".
func (c *Conn) String() string { return printed(c) }

// GoString is String, for %#v.
func (c *Conn) GoString() string { return printed(c) }

// String tells connections apart: "(*curl.WebSocket)(0xc000012345)".
func (w *WebSocket) String() string { return printed(w) }

// GoString is String, for %#v.
func (w *WebSocket) GoString() string { return printed(w) }

// printed is as fmt prints a pointer that it does not follow.
func printed[T any](p *T) string {
	if p == nil {
		return fmt.Sprintf("(%T)(nil)", p)
	}
	return fmt.Sprintf("(%T)(%p)", p, p)
}
