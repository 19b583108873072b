package emit

import (
	"embed"
	"io"
	"io/fs"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// The part of the generated packages that does not depend on the tables: ordinary Go, one folder per package. The
// underscore keeps the go command from compiling it here, where the rest of each package is missing.
//
//go:embed _verbatim
var verbatimFiles embed.FS

// verbatimOutputs copies each file below _verbatim to the same place below generated/.
func verbatimOutputs() []Output {
	var outputs []Output
	err := fs.WalkDir(verbatimFiles, "_verbatim", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		outputs = append(outputs, Output{
			Path: "generated" + strings.TrimPrefix(name, "_verbatim"),
			Write: func(_ *model.API, w io.Writer) error {
				data, err := verbatimFiles.ReadFile(name)
				if err != nil {
					return err
				}
				_, err = w.Write(data)
				return err
			},
		})
		return nil
	})
	if err != nil {
		panic(err) // an embedded file system can always be walked
	}
	return outputs
}
