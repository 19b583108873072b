//go:build linux

package protocols

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func fileRows() []row {
	m := maker(func(t *testing.T) *site {
		p := newPeer(t)
		return &site{peer: p, url: func(name string) string { return "file://" + p.dir + "/files/" + name }}
	})
	return []row{{"FILE", []string{"file"}, "the file system", nil, false, []try{
		{"download", m.download}, {"upload", m.upload}, {"resume", m.resume}, {"no such file", m.noFile},
		{"cancellation", m.cancelFile},
	}}}
}

// cancelFile cancels in a callback: a file is read as fast as it can be taken, and a context could be late.
func (m maker) cancelFile(t *testing.T) {
	s := m(t)
	s.file("files/large", pattern(large))
	var h *curl.Easy
	got := 0
	h = s.handle("large", opt.WriteFunction(func(p []byte) error {
		got += len(p)
		return h.Cancel()
	}))
	if err := h.Perform(patient(t)); !errors.Is(err, curl.ErrCancelled) || got >= large {
		t.Errorf("%d bytes, %v", got, err)
	}
}

func (m maker) noFile(t *testing.T) {
	s := m(t)
	wantCode(t, s.handle("none").Perform(patient(t)), codes.FileCouldntReadFile)
}
