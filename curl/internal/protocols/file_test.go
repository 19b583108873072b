package protocols

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func fileRows() []row {
	m := maker(func(t *testing.T) *site {
		p := newPeer(t)
		return &site{peer: p, url: func(name string) string { return "file://" + p.dir + "/files/" + name }}
	})
	return []row{{"FILE", []string{"file"}, "the file system", nil, false, []try{
		{"download", m.download}, {"upload", m.upload}, {"resume", m.resume}, {"no such file", m.noFile},
		{"cancellation", m.cancel},
	}}}
}

func (m maker) noFile(t *testing.T) {
	s := m(t)
	wantCode(t, s.handle("none").Perform(patient(t)), codes.FileCouldntReadFile)
}
