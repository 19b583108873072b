package curl

import (
	"context"
	"io"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Output is the option that writes the body to w. An error of w, also a short write, ends the transfer and is the
// cause of its error. A nil w puts the default back: the body is counted and dropped.
func Output(w io.Writer) opt.Option {
	if w == nil {
		return opt.WriteFunction(nil)
	}
	return opt.WriteFunction(func(p []byte) error {
		_, err := writeAll(w, p)
		return err
	})
}

// writeAll has w take p: io.Writer forbids to take less without an error, and counts outside p.
func writeAll(w io.Writer, p []byte) (n int, err error) {
	n, err = w.Write(p)
	switch {
	case n < 0 || n > len(p):
		return 0, errWriteCount
	case err == nil && n < len(p):
		err = io.ErrShortWrite
	}
	return n, err
}

// Fetch runs the transfer like Perform and returns its body, which replaces any write function for this time. With an
// error it returns what had arrived.
func (e *Easy) Fetch(ctx context.Context) ([]byte, error) {
	var body []byte
	err := e.perform(ctx, &body)
	return body, named(err, "Fetch")
}
