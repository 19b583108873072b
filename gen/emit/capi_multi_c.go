package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

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
