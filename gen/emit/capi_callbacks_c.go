package emit

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

func writeCallbacksHeader(api *model.API, w io.Writer) error {
	bound, err := boundCallbacks(api)
	if err != nil {
		return err
	}
	p := printer{w: w}
	p.line("#ifndef GOCURL_ZCALLBACKS_H")
	p.line("#define GOCURL_ZCALLBACKS_H")
	p.line("")
	p.line("#include \"cell.h\"")
	p.line("")
	p.line("/* The bit of each callback option in gocurl_cell.functions. */")
	p.line("enum gocurl_function {")
	for i, b := range bound {
		p.line("\tGOCURL_FUNCTION_%s = %d,", b.option, i)
	}
	p.line("\tGOCURL_FUNCTIONS = %d", len(bound))
	p.line("};")
	p.line("")
	p.line("/* Those that can be recorded and called later (tape.h), and those that watch progress. */")
	p.line("#define GOCURL_TAPED_FUNCTIONS (%s)", strings.Join(bits(bound, func(b boundCallback) bool { return b.taped() }), " | "))
	p.line("#define GOCURL_PROGRESS_FUNCTIONS (%s)", strings.Join(bits(bound, func(b boundCallback) bool { return b.data == "XFERINFODATA" }), " | "))
	p.line("")
	p.line("/* Puts the trampoline of a callback option in place, or libcurl's default (our sink where that uses stdio). */")
	p.line("CURLcode gocurl_set_function(struct gocurl_cell *c, int32_t option, int on);")
	p.line("/* The same for every bit of a mask: a clone gets its own cell in each callback it inherits. */")
	p.line("CURLcode gocurl_set_functions(struct gocurl_cell *c, uint64_t mask, int on);")
	p.line("")
	p.line("#endif")
	return p.err
}

func writeCallbacksC(api *model.API, w io.Writer) error {
	bound, err := boundCallbacks(api)
	if err != nil {
		return err
	}
	if len(bound) > 64 {
		return fmt.Errorf("%d callback options do not fit the 64 bits of gocurl_cell.functions", len(bound))
	}
	p := printer{w: w}
	p.line("#include \"zcallbacks.h\"")
	p.line("#include \"fold.h\"")
	p.line("#include \"frame.h\"")
	p.line("#include \"late.h\"")
	p.line("#include \"ldap.h\"")
	p.line("#include \"lookup.h\"")
	p.line("#include \"ending.h\"")
	p.line("#include \"share.h\"")
	p.line("#include \"sink.h\"")
	p.line("#include \"sockets.h\"")
	p.line("")
	for _, b := range bound {
		if err := trampolineC(&p, b); err != nil {
			return err
		}
	}
	p.line("CURLcode gocurl_set_function(struct gocurl_cell *c, int32_t option, int on)")
	p.line("{")
	p.line("\tCURLcode rc;")
	p.line("\tint bit;")
	p.line("")
	p.line("\tswitch (option) {")
	for _, b := range bound {
		p.line("\tcase CURLOPT_%s:", b.option)
		sink := "(" + b.typedef + ")NULL"
		if b.sink != "" {
			sink = b.sink
		}
		p.line("\t\trc = gocurl_fn.easy_setopt(c->easy, CURLOPT_%s, on ? tramp_%s : %s);", b.option, b.name(), sink)
		data := "(void *)c"
		if b.noData != "" {
			data = "on ? (void *)c : " + b.noData
		}
		p.line("\t\tif (!rc)")
		p.line("\t\t\trc = gocurl_fn.easy_setopt(c->easy, CURLOPT_%s, %s);", b.data, data)
		p.line("\t\tbit = GOCURL_FUNCTION_%s;", b.option)
		p.line("\t\tbreak;")
	}
	p.line("\tdefault:")
	p.line("\t\treturn CURLE_UNKNOWN_OPTION;")
	p.line("\t}")
	p.line("\tif (rc)")
	p.line("\t\treturn rc;")
	p.line("\tif (on)")
	p.line("\t\tc->functions |= UINT64_C(1) << bit;")
	p.line("\telse")
	p.line("\t\tc->functions &= ~(UINT64_C(1) << bit);")
	p.line("\treturn CURLE_OK;")
	p.line("}")
	p.line("")
	p.line("CURLcode gocurl_set_functions(struct gocurl_cell *c, uint64_t mask, int on)")
	p.line("{")
	p.line("\tstatic const int32_t option[GOCURL_FUNCTIONS] = {")
	for _, b := range bound {
		p.line("\t\tCURLOPT_%s,", b.option)
	}
	p.line("\t};")
	p.line("\tCURLcode rc = CURLE_OK;")
	p.line("")
	p.line("\tfor (int i = 0; !rc && i < GOCURL_FUNCTIONS; i++)")
	p.line("\t\tif (mask >> i & 1)")
	p.line("\t\t\trc = gocurl_set_function(c, option[i], on);")
	p.line("\treturn rc;")
	p.line("}")
	return p.err
}

// trampolineC prints the prototype of the exported Go function and the C function that libcurl calls.
func trampolineC(p *printer, b boundCallback) error {
	result, err := wireOf(b.result)
	if err != nil {
		return fmt.Errorf("CURLOPT_%s: %w", b.option, err)
	}
	var declared, passed, proto []string
	declared = append(declared, "uintptr_t key")
	if b.pooled {
		passed = append(passed, "gocurl_cell_listener(c)")
	} else {
		passed = append(passed, "c->key")
	}
	late := []string{"c"}
	for _, a := range b.params {
		proto = append(proto, strings.TrimSpace(a.c)+" "+a.name)
		if a.drop {
			continue
		}
		t, err := wireOf(a.c)
		if err != nil {
			return fmt.Errorf("CURLOPT_%s: %w", b.option, err)
		}
		late = append(late, a.name)
		declared = append(declared, strings.TrimSpace(t.c)+" "+a.name)
		if t.c == "void *" {
			passed = append(passed, "(void *)"+a.name)
		} else {
			passed = append(passed, a.name)
		}
	}
	p.line("extern %s gocurlGo%s(%s);", result.c, b.name(), strings.Join(declared, ", "))
	p.line("")
	p.line("static %s tramp_%s(%s)", b.result, b.name(), strings.Join(proto, ", "))
	p.line("{")
	p.line("\tstruct gocurl_cell *c = a%d;", b.userdata)
	p.line("\tstruct gocurl_frame f;")
	p.line("\t%s r;", b.result)
	p.line("")
	for _, a := range b.params {
		if a.drop && a.name != fmt.Sprintf("a%d", b.userdata) {
			p.line("\t(void)%s; /* may be a handle of libcurl's own */", a.name)
		}
	}
	if b.first != "" {
		p.line("\t%s;", b.first)
	}
	if b.taped() {
		var all []string
		for _, a := range b.params {
			all = append(all, a.name)
		}
		p.line("\tif (c->taping >> GOCURL_FUNCTION_%s & 1)", b.option)
		p.line("\t\treturn gocurl_tape_%s(%s);", b.name(), strings.Join(all, ", "))
	}
	if b.late != "" {
		p.line("\tif (%s)", b.late)
		p.line("\t\treturn gocurl_late_%s(%s);", b.name(), strings.Join(late, ", "))
	}
	p.line("\tgocurl_frame_push(&f, c);")
	p.line("\tr = (%s)gocurlGo%s(%s);", b.result, b.name(), strings.Join(passed, ", "))
	p.line("\tgocurl_frame_pop(&f);")
	if b.after != "" {
		p.line("\tif (!r)")
		p.line("\t\t%s;", b.after)
	}
	p.line("\treturn %s;", cmp.Or(b.answer, "r"))
	p.line("}")
	p.line("")
	return p.err
}

// bits are the masks of some callbacks in gocurl_cell.functions.
func bits(bound []boundCallback, these func(boundCallback) bool) []string {
	var masks []string
	for _, b := range bound {
		if these(b) {
			masks = append(masks, "UINT64_C(1) << GOCURL_FUNCTION_"+b.option)
		}
	}
	return masks
}

// printer writes lines and keeps the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
