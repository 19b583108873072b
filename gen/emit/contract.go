package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// contract declares what package curl compares at compile time with the version that it was written for.
func contract(api *model.API, f *jen.File) error {
	f.Comment(comment(
		"Contract is the version of the agreement between the generated packages and package curl. Code that relies " +
			"on it compares it with the version that it was written for, so that files of different releases do not compile together."))
	f.Const().Id("Contract").Op("=").Lit(1)
	return nil
}
