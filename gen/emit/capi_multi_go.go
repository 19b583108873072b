package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// multiGo is the hook of a callback and the exported function that calls it.
func multiGo(b boundMultiCallback) (hook jen.Code, export *jen.Statement, err error) {
	hookParams, params, args, err := goArguments(b.params, multiWire)
	if err != nil {
		return nil, nil, fmt.Errorf("CURLMOPT_%s: %w", b.option, err)
	}
	field := strings.TrimPrefix(b.name(), "Multi")
	name := "gocurlGo" + b.name()
	call := jen.Id("multiHooks").Dot(field).Call(args...)
	h := jen.Id(field).Func().Params(hookParams...)
	f := jen.Func().Id(name).Params(params...)
	if b.callback.Result == "void" {
		return h.Comment(b.callback.Typedef), f.Block(call), nil
	}
	return h.Int().Comment(b.callback.Typedef), f.Add(cgoType("C.int")).Block(jen.Return(cgoType("C.int").Call(call))), nil
}

// writeMultiHooks prints the struct of hooks that the runtime registers. It needs no cgo.
func writeMultiHooks(api *model.API, w io.Writer) error {
	bound, err := boundMultiCallbacks(api)
	if err != nil {
		return err
	}
	f := jen.NewFile("capi")
	var fields []jen.Code
	for _, b := range bound {
		hook, _, err := multiGo(b)
		if err != nil {
			return err
		}
		fields = append(fields, hook)
	}
	f.Comment("MultiHooks are the runtime's side of every callback of a multi handle. The first argument is the key of the Multi;")
	f.Comment("an easy handle is libcurl's pointer to it as a number, which may be that of a handle of libcurl's own.")
	f.Type().Id("MultiHooks").Struct(fields...)
	f.Line()
	f.Comment("multiHooks is written once, by RegisterMulti, before the first Multi exists.")
	f.Var().Id("multiHooks").Id("MultiHooks")
	f.Line()
	f.Comment("RegisterMulti installs the runtime's hooks. It is called once, while the runtime's package is initialised.")
	f.Func().Id("RegisterMulti").Params(jen.Id("h").Id("MultiHooks")).Block(jen.Id("multiHooks").Op("=").Id("h"))
	return f.Render(w)
}

// writeMultiGo prints the exported functions that the trampolines call.
func writeMultiGo(api *model.API, w io.Writer) error {
	bound, err := boundMultiCallbacks(api)
	if err != nil {
		return err
	}
	f := jen.NewFile("capi")
	f.CgoPreamble("#include <stddef.h>\n#include <stdint.h>")
	for _, b := range bound {
		_, export, err := multiGo(b)
		if err != nil {
			return err
		}
		f.Line()
		f.Comment("//export gocurlGo" + b.name())
		f.Add(export)
	}
	return f.Render(w)
}
