package emit

import (
	"io"
	"slices"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// Output is one generated file.
//
// Write prints its content without the line that marks it as generated: Render puts that line on top of every file,
// in the comment syntax of the file's extension, and formats Go source. An Output depends on nothing but the API.
type Output struct {
	Path  string // relative to the module's root, with slashes
	Write func(api *model.API, w io.Writer) error
}

// Outputs lists every file that the generator owns.
func Outputs() []Output {
	return slices.Concat(
		capiCallbackOutputs(),
		capiMultiOutputs(),
		capiTableOutputs(),
		codesOutputs(),
		infoOutputs(),
		multioptOutputs(),
		optOutputs(),
		verbatimOutputs(),
		[]Output{{"generated/COVERAGE.md", coverage}},
	)
}
