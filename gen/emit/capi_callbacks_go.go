package emit

import (
	"fmt"
	"io"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// writeHooksGo prints the struct of hooks that the runtime registers: with it the package links on its own and never
// imports the runtime. It needs no cgo.
func writeHooksGo(api *model.API, w io.Writer) error {
	bound, err := boundCallbacks(api)
	if err != nil {
		return err
	}
	f := jen.NewFile("capi")
	var fields []jen.Code
	for _, b := range bound {
		hook, _, err := callbackGo(b)
		if err != nil {
			return err
		}
		fields = append(fields, hook)
	}
	f.Comment("Hooks are the runtime's side of every callback of an easy handle. The first argument is the key of the cell;")
	f.Comment("the result is what libcurl gets. Pointers are libcurl's and valid during the call only.")
	f.Type().Id("Hooks").Struct(fields...)
	f.Line()
	f.Comment("hooks is written once, by Register, before the first cell exists.")
	f.Var().Id("hooks").Id("Hooks")
	f.Line()
	f.Comment("Register installs the runtime's hooks. It is called once, while the runtime's package is initialised.")
	f.Func().Id("Register").Params(jen.Id("h").Id("Hooks")).Block(jen.Id("hooks").Op("=").Id("h"))
	return f.Render(w)
}

// writeCallbacksGo prints the exported functions that the trampolines call.
func writeCallbacksGo(api *model.API, w io.Writer) error {
	bound, err := boundCallbacks(api)
	if err != nil {
		return err
	}
	f := jen.NewFile("capi")
	f.CgoPreamble("#include <stddef.h>\n#include <stdint.h>")
	for _, b := range bound {
		_, export, err := callbackGo(b)
		if err != nil {
			return err
		}
		for _, e := range export {
			f.Add(e)
		}
	}
	return f.Render(w)
}

// goArguments are the parameters of a callback's hook, those of the exported function, and what that hands to the hook.
func goArguments(of []callbackParam, wired func(c string) (wire, error)) (hook, exported, args []jen.Code, err error) {
	hook = []jen.Code{jen.Id("key").Uintptr()}
	exported = []jen.Code{jen.Id("key").Qual("C", "uintptr_t")}
	args = []jen.Code{jen.Uintptr().Call(jen.Id("key"))}
	for _, a := range of {
		if a.drop {
			continue
		}
		t, err := wired(a.c)
		if err != nil {
			return nil, nil, nil, err
		}
		hook = append(hook, jen.Id(a.name).Add(goType(t.goType)))
		if t.goType == "unsafe.Pointer" {
			exported = append(exported, jen.Id(a.name).Add(goType(t.goType)))
			args = append(args, jen.Id(a.name))
		} else {
			exported = append(exported, jen.Id(a.name).Add(cgoType(t.cgo)))
			args = append(args, goType(t.goType).Call(jen.Id(a.name)))
		}
	}
	return hook, exported, args, nil
}

func goType(name string) *jen.Statement {
	if name == "unsafe.Pointer" {
		return jen.Qual("unsafe", "Pointer")
	}
	return jen.Id(name)
}

func callbackGo(b boundCallback) (hook jen.Code, export []jen.Code, err error) {
	result, err := wireOf(b.result)
	if err != nil {
		return nil, nil, fmt.Errorf("CURLOPT_%s: %w", b.option, err)
	}
	hookParams, params, args, err := goArguments(b.params, wireOf)
	if err != nil {
		return nil, nil, fmt.Errorf("CURLOPT_%s: %w", b.option, err)
	}
	hook = jen.Id(b.name()).Func().Params(hookParams...).Add(goType(result.goType)).Comment(b.typedef)
	name := "gocurlGo" + b.name()
	export = []jen.Code{
		jen.Line(),
		jen.Comment("//export " + name),
		jen.Func().Id(name).Params(params...).Add(cgoType(result.cgo)).Block(
			jen.Return(cgoType(result.cgo).Call(jen.Id("hooks").Dot(b.name()).Call(args...))),
		),
	}
	return hook, export, nil
}

func cgoType(name string) *jen.Statement {
	const prefix = "C."
	return jen.Qual("C", name[len(prefix):])
}
