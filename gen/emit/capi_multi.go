package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// multiTrampoline says how one callback option of a multi handle reaches Go. The C function that libcurl calls enters
// a frame and calls the exported Go function with every argument but the user data, which is our struct, and the multi
// handle. An easy handle crosses as a number for Go to look up: it may be one of libcurl's own.
type multiTrampoline struct {
	option   string // CURLMOPT_ without the prefix
	data     string // the option that carries the user data
	userdata int    // index of the user data among the parameters
	event    bool   // libcurl forbids more in it than in the callback of a transfer
	later    bool   // not called by libcurl itself: multi.c records the call and makes it when libcurl has returned
}

// multiTrampolines has a row per callback option.
var multiTrampolines = []multiTrampoline{
	{option: "NOTIFYFUNCTION", data: "NOTIFYDATA", userdata: 3, event: true, later: true},
	{option: "PUSHFUNCTION", data: "PUSHDATA", userdata: 4},
	{option: "SOCKETFUNCTION", data: "SOCKETDATA", userdata: 3, event: true},
	{option: "TIMERFUNCTION", data: "TIMERDATA", userdata: 2, event: true},
}

func (t multiTrampoline) name() string {
	return "Multi" + trampoline{option: t.option}.name()
}

type boundMultiCallback struct {
	multiTrampoline
	callback model.Callback
	params   []callbackParam
}

// boundMultiCallbacks joins the rows with the model, and refuses a callback option that has no row.
func boundMultiCallbacks(api *model.API) (out []boundMultiCallback, err error) {
	rows := map[string]multiTrampoline{}
	for _, t := range multiTrampolines {
		rows["CURLMOPT_"+t.option] = t
	}
	for _, c := range api.Callbacks {
		if !strings.HasPrefix(c.Option, "CURLMOPT_") {
			continue
		}
		t, ok := rows[c.Option]
		if !ok {
			return nil, fmt.Errorf("%s has no row in multiTrampolines (gen/emit/capi_multi.go)", c.Option)
		}
		delete(rows, c.Option)
		b := boundMultiCallback{multiTrampoline: t, callback: c}
		for i, p := range c.Params {
			b.params = append(b.params, callbackParam{
				name: fmt.Sprintf("a%d", i), c: p.C, drop: i == t.userdata || strings.HasPrefix(p.C, "CURLM"),
			})
		}
		if t.userdata >= len(b.params) {
			return nil, fmt.Errorf("%s: %s has only %d parameters", c.Option, c.Typedef, len(b.params))
		}
		out = append(out, b)
	}
	for name := range rows {
		return nil, fmt.Errorf("multiTrampolines (gen/emit/capi_multi.go) has a row for %s, which is no callback option", name)
	}
	return out, nil
}

// multiWire is wireOf, but for what only multi callbacks have.
func multiWire(c string) (wire, error) {
	switch strings.ReplaceAll(c, " ", "") {
	case "CURL*":
		return wire{"uintptr_t", "C.uintptr_t", "uintptr"}, nil
	case "long": // a timeout may exceed an int
		return wire{"int64_t", "C.int64_t", "int64"}, nil
	case "unsignedint":
		return wire{"int", "C.int", "int"}, nil
	}
	return wireOf(c)
}

func capiMultiOutputs() []Output {
	return []Output{
		{"curl/internal/capi/zmulti.c", writeMultiC},
		{"curl/internal/capi/zmulti.go", writeMultiGo},
		{"curl/internal/capi/zmultihooks.go", writeMultiHooks},
	}
}

func writeMultiC(api *model.API, w io.Writer) error {
	bound, err := boundMultiCallbacks(api)
	if err != nil {
		return err
	}
	p := printer{w: w}
	p.line("#include \"multi.h\"")
	p.line("#include \"frame.h\"")
	p.line("")
	for _, b := range bound {
		if err := multiTrampolineC(&p, b); err != nil {
			return err
		}
	}
	p.line("CURLMcode gocurl_multi_set_function(struct gocurl_multi *m, int32_t option, int on)")
	p.line("{")
	p.line("\tCURLMcode rc;")
	p.line("")
	p.line("\tswitch (option) {")
	for _, b := range bound {
		install := "tramp_" + b.name()
		if b.later {
			install = "gocurl_record_" + b.name()
		}
		p.line("\tcase CURLMOPT_%s:", b.option)
		p.line("\t\trc = gocurl_fn.multi_setopt(m->d->multi, CURLMOPT_%s, (void *)m);", b.data)
		p.line("\t\treturn rc ? rc : gocurl_fn.multi_setopt(m->d->multi, CURLMOPT_%s, on ? %s : (%s)NULL);",
			b.option, install, b.callback.Typedef)
	}
	p.line("\t}")
	p.line("\treturn CURLM_UNKNOWN_OPTION;")
	p.line("}")
	return p.err
}

// multiTrampolineC prints the prototype of the exported Go function and the C function that calls it.
func multiTrampolineC(p *printer, b boundMultiCallback) error {
	void := b.callback.Result == "void"
	declared, passed, proto := []string{"uintptr_t key"}, []string{"m->key"}, []string(nil)
	for _, a := range b.params {
		proto = append(proto, strings.TrimSpace(a.c)+" "+a.name)
		if a.drop {
			continue
		}
		t, err := multiWire(a.c)
		if err != nil {
			return fmt.Errorf("CURLMOPT_%s: %w", b.option, err)
		}
		declared = append(declared, strings.TrimSpace(t.c)+" "+a.name)
		passed = append(passed, "("+strings.TrimSpace(t.c)+")"+a.name)
	}
	result, storage := "int", "static "
	if void {
		result = "void"
	}
	if b.later {
		storage = ""
	}
	p.line("extern %s gocurlGo%s(%s);", result, b.name(), strings.Join(declared, ", "))
	p.line("")
	name := "tramp_" + b.name()
	if b.later {
		name = "gocurl_call_" + b.name()
	}
	p.line("%s%s %s(%s)", storage, b.callback.Result, name, strings.Join(proto, ", "))
	p.line("{")
	p.line("\tstruct gocurl_multi *m = a%d;", b.userdata)
	p.line("\tstruct gocurl_frame f;")
	if !void {
		p.line("\t%s r;", b.callback.Result)
	}
	p.line("")
	for _, a := range b.params {
		if a.drop && a.name != fmt.Sprintf("a%d", b.userdata) {
			p.line("\t(void)%s;", a.name)
		}
	}
	p.line("\tgocurl_frame_push_driver(&f, m->d, %d);", map[bool]int{true: 1}[b.event])
	call := fmt.Sprintf("gocurlGo%s(%s);", b.name(), strings.Join(passed, ", "))
	if !void {
		call = "r = " + call
	}
	p.line("\t%s", call)
	p.line("\tgocurl_frame_pop(&f);")
	if !void {
		p.line("\treturn r;")
	}
	p.line("}")
	p.line("")
	return p.err
}

// multiGo is the hook of a callback and the exported function that calls it.
func multiGo(b boundMultiCallback) (hook jen.Code, export *jen.Statement, err error) {
	goType := func(name string) *jen.Statement {
		if name == "unsafe.Pointer" {
			return jen.Qual("unsafe", "Pointer")
		}
		return jen.Id(name)
	}
	hookParams := []jen.Code{jen.Id("key").Uintptr()}
	params := []jen.Code{jen.Id("key").Qual("C", "uintptr_t")}
	args := []jen.Code{jen.Uintptr().Call(jen.Id("key"))}
	for _, a := range b.params {
		if a.drop {
			continue
		}
		t, err := multiWire(a.c)
		if err != nil {
			return nil, nil, fmt.Errorf("CURLMOPT_%s: %w", b.option, err)
		}
		hookParams = append(hookParams, jen.Id(a.name).Add(goType(t.goType)))
		if t.goType == "unsafe.Pointer" {
			params, args = append(params, jen.Id(a.name).Qual("unsafe", "Pointer")), append(args, jen.Id(a.name))
		} else {
			params, args = append(params, jen.Id(a.name).Add(cgoType(t.cgo))), append(args, goType(t.goType).Call(jen.Id(a.name)))
		}
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
