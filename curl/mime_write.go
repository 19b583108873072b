package curl

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// PartError says which part of a MIME cannot be sent, and why.
type PartError struct {
	Part []int  // its index among the parts, then among those of that part, and so on
	Name string // its field's name
	Err  error  // why; an *Error when libcurl has refused it
}

func (e *PartError) Error() string {
	var at strings.Builder
	for i, n := range e.Part {
		if i > 0 {
			at.WriteByte('.')
		}
		fmt.Fprint(&at, n)
	}
	return fmt.Sprintf("curl: part %s (%q) of the MIME: %v", &at, e.Name, e.Err)
}

// Unwrap returns why.
func (e *PartError) Unwrap() error { return e.Err }

// place is where a part stands, for errors, and the file it has.
type place struct {
	index []int
	name  string
	file  string
}

func (p *place) error(err error) error { return &PartError{p.index, p.name, err} }

// What a form may have at most. libcurl goes through nested parts recursively, and a slice of Go's can contain itself.
const (
	maxDepth = 32
	maxParts = 100_000
)

// writer turns parts into a form.
type writer struct {
	m       *MIME
	form    capi.FormWriter
	size    int64 // of the content, as far as known
	unknown bool
}

func (w *writer) parts(parts []Part, in []int) error {
	for i := range parts {
		at := place{slices.Concat(in, []int{i}), parts[i].Name, parts[i].File}
		w.m.parts = append(w.m.parts, at)
		if err := parts[i].check(); err != nil {
			return at.error(err)
		}
		if len(at.index) > maxDepth || len(w.m.parts) > maxParts {
			return at.error(fmt.Errorf("there are more than %d parts, or parts in parts more than %d deep", maxParts, maxDepth))
		}
		if err := w.part(&parts[i], &at); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) part(p *Part, at *place) error {
	f := &w.form
	f.Part()
	// The content first: a file comes with a file name and a type, which the part may change.
	switch {
	case p.Data != nil:
		w.size += int64(len(p.Data))
		f.Data(p.Data)
	case p.File != "":
		w.unknown = true // it is none of NewMIME's business
		f.File(p.File)
	case p.Reader != nil, p.Open != nil:
		w.source(p)
	case p.Parts != nil:
		f.Down()
		if err := w.parts(p.Parts, at.index); err != nil {
			return err
		}
		f.Up()
	default: // also of nothing: a part without content is one that no libcurl can send twice
		w.size += int64(len(p.Text))
		f.Text(p.Text)
	}
	if p.Name != "" {
		f.Name(p.Name)
	}
	if p.FileName != "" {
		f.FileName(p.FileName)
	}
	if p.Type != "" {
		f.Type(p.Type)
	}
	if p.Encoding != "" {
		f.Encoder(string(p.Encoding))
	}
	if len(p.Headers) > 0 {
		f.Headers(p.Headers)
	}
	return nil
}

func (w *writer) source(p *Part) {
	o := newOrigin(p)
	w.m.sources = append(w.m.sources, o)
	w.form.Source(o.size, o.rewindable())
	if o.size < 0 {
		w.unknown = true
		return
	}
	w.size += o.size
}

// check finds what no libcurl can send, or what would be sent as something else.
func (p *Part) check() error {
	n := 0
	for _, is := range []bool{p.Text != "", p.Data != nil, p.File != "", p.Reader != nil, p.Open != nil, p.Parts != nil} {
		if is {
			n++
		}
	}
	if n > 1 {
		return errors.New("it has more than one of Text, Data, File, Reader, Open and Parts")
	}
	// libcurl escapes line ends in names in some of its modes only.
	for what, s := range map[string]string{"name": p.Name, "file name": p.FileName, "type": p.Type} {
		if strings.ContainsAny(s, "\x00\r\n") {
			return fmt.Errorf("the %s %q holds a NUL or a line end", what, s)
		}
	}
	for _, line := range p.Headers {
		if line == "" || strings.ContainsAny(line, "\x00\r\n") {
			return fmt.Errorf("the header line %q is empty, or holds a NUL or a line end", line)
		}
	}
	switch p.Encoding {
	case "", EncodeBinary, Encode8Bit:
	case Encode7Bit, EncodeBase64, EncodeQuotedPrintable:
		if p.Parts != nil { // RFC 2045, and libcurl refuses it
			return fmt.Errorf("the encoding %q is not for a part that has parts", p.Encoding)
		}
	default:
		return fmt.Errorf("there is no encoding %q", p.Encoding)
	}
	if strings.IndexByte(p.File, 0) >= 0 {
		return fmt.Errorf("the path %q holds a NUL", p.File)
	}
	return nil
}

// newOrigin is where the content of a part, or an Input, comes from that Go reads.
func newOrigin(p *Part) *origin {
	o := &origin{open: p.Open, size: -1}
	if p.Reader != nil {
		size, start := sizeOf(p.Reader)
		o.lent = &lent{r: p.Reader, start: -1}
		if s, ok := p.Reader.(io.Seeker); ok && start >= 0 {
			o.lent.seeker, o.lent.start = s, start
		}
		o.size = size
	}
	switch {
	case p.Size > 0:
		o.size = p.Size
	case p.Size < 0:
		o.size = -1
	}
	return o
}
