//go:build linux

package protocols

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func fileRows() []row {
	m := maker(func(t *testing.T) *site {
		p := newPeer(t)
		return &site{peer: p, url: func(name string) string { return "file://" + p.dir + "/files/" + name }}
	})
	return []row{{"FILE", []string{"file"}, "the file system", nil, false, []try{
		{"download", m.download}, {"upload", m.upload}, {"listing", m.listFolder}, {"resume", m.resume},
		{"no such file", m.noFile}, {"cancellation", m.cancelInside},
	}}}
}

// listFolder: before 8.8.0 libcurl does not read a folder. It has no content then, or, in 7.76.0, that is an error.
func (m maker) listFolder(t *testing.T) {
	s := m(t)
	s.file("files/one", "1")
	s.file("files/two", "22")
	body, err := s.handle("").Fetch(patient(t))
	if v, verr := curl.Version(); verr != nil || v.Num < 0x080800 {
		t.Logf("this libcurl does not list folders: %v", err)
		if len(body) > 0 {
			t.Errorf("%q", body)
		}
		return
	}
	names := strings.Fields(string(body))
	slices.Sort(names)
	if err != nil || !slices.Equal(names, []string{"one", "two"}) {
		t.Errorf("%q, %v", body, err)
	}
}

func (m maker) noFile(t *testing.T) {
	s := m(t)
	wantCode(t, s.handle("none").Perform(patient(t)), codes.FileCouldntReadFile)
}
