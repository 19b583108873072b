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
		n, err := w.Write(p)
		if err == nil && n < len(p) {
			err = io.ErrShortWrite
		}
		return err
	})
}

// Fetch runs the transfer like Perform and returns its body, which replaces any write function for this time. With an
// error it returns what had arrived.
func (e *Easy) Fetch(ctx context.Context) ([]byte, error) {
	var body []byte
	err := e.perform(ctx, &body)
	return body, err
}
