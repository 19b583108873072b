package protocols

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func TestFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	storage{
		scheme: "file", server: "the file system", root: root, base: "file://" + root + "/", resumes: true,
		missing: []codes.Easy{codes.FileCouldntReadFile},
	}.trials(t)
}
