package emit

import (
	"fmt"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// trampoline says how one callback option of libcurl reaches Go: the C function that libcurl calls enters a frame and
// calls the exported Go function of the same name with every argument but the user data, which is our cell.
type trampoline struct {
	option   string // CURLOPT_ without the prefix
	data     string // the option that carries the user data
	userdata int    // index of the user data among the parameters
	sink     string // what is installed instead when there is no function; "" is NULL
	// noData: what the data pointer is without a Go function, "" is the cell. HEADERDATA without a function would send header
	// lines to the write function; the others share their data option and keep it.
	noData string
	// first: what C does before anything else.
	first string
	// late: libcurl calls it where no Go code may run, too, such as with a lock of a share; late.c keeps what can come
	// later. The C condition for that.
	late string
	// after: what C does when Go has returned, and has not refused.
	after string
	// answer: what libcurl is told when Go has answered r; "" is r.
	answer string
	// pooled: connections call it, and so a thread that may be at work for another handle.
	pooled bool
}

// trampolines has a row per callback option that the runtime binds.
var trampolines = []trampoline{
	{option: "CHUNK_BGN_FUNCTION", data: "CHUNK_DATA", userdata: 1},
	{option: "CHUNK_END_FUNCTION", data: "CHUNK_DATA", userdata: 0},
	{option: "CLOSESOCKETFUNCTION", data: "CLOSESOCKETDATA", userdata: 0, sink: "gocurl_socket_closed(c)",
		first: "if (gocurl_ldap_closed(a1))\n\t\treturn 0", late: "gocurl_share_held()", answer: "gocurl_socket_gone(c, a1, r)", pooled: true},
	{option: "DEBUGFUNCTION", data: "DEBUGDATA", userdata: 4,
		first: "gocurl_fold_debug(c, a1, a2, a3)", late: "gocurl_late_line(a1)"},
	{option: "FNMATCH_FUNCTION", data: "FNMATCH_DATA", userdata: 0},
	{option: "HEADERFUNCTION", data: "HEADERDATA", userdata: 3, sink: "gocurl_fold_function()", noData: "gocurl_fold_data(c)",
		first: "gocurl_fold_header(c, a0, a1 * a2)", late: "gocurl_share_held()"},
	{option: "HSTSREADFUNCTION", data: "HSTSREADDATA", userdata: 2},
	{option: "HSTSWRITEFUNCTION", data: "HSTSWRITEDATA", userdata: 3},
	{option: "INTERLEAVEFUNCTION", data: "INTERLEAVEDATA", userdata: 3},
	{option: "IOCTLFUNCTION", data: "IOCTLDATA", userdata: 2},
	{option: "OPENSOCKETFUNCTION", data: "OPENSOCKETDATA", userdata: 0},
	{option: "PREREQFUNCTION", data: "PREREQDATA", userdata: 0},
	{option: "PROGRESSFUNCTION", data: "XFERINFODATA", userdata: 0,
		first: "if (gocurl_ending_asked(c, (int64_t)(a2 + a4)))\n\t\treturn gocurl_ending_told(c)", late: "gocurl_share_held()", answer: "gocurl_ending_answer(c, r)"},
	{option: "READFUNCTION", data: "READDATA", userdata: 3, sink: "gocurl_sink_read"},
	{option: "RESOLVER_START_FUNCTION", data: "RESOLVER_START_DATA", userdata: 2, sink: "gocurl_lookup_function()", after: "gocurl_lookup_begins(c)"},
	{option: "SEEKFUNCTION", data: "SEEKDATA", userdata: 0},
	{option: "SOCKOPTFUNCTION", data: "SOCKOPTDATA", userdata: 0, sink: "gocurl_socket_opened(c)",
		first: "if (gocurl_socket_refused(c, a1, a2))\n\t\treturn CURL_SOCKOPT_ERROR"},
	{option: "SSH_HOSTKEYFUNCTION", data: "SSH_HOSTKEYDATA", userdata: 0},
	{option: "SSH_KEYFUNCTION", data: "SSH_KEYDATA", userdata: 4},
	{option: "SSL_CTX_FUNCTION", data: "SSL_CTX_DATA", userdata: 2},
	{option: "TRAILERFUNCTION", data: "TRAILERDATA", userdata: 1},
	{option: "WRITEFUNCTION", data: "WRITEDATA", userdata: 3, sink: "gocurl_sink_write", answer: "gocurl_fold_written(c, r)"},
	{option: "XFERINFOFUNCTION", data: "XFERINFODATA", userdata: 0, sink: "gocurl_sink_meter",
		first: "if (gocurl_ending_asked(c, a2 + a4))\n\t\treturn gocurl_ending_told(c)", late: "gocurl_share_held()", answer: "gocurl_ending_answer(c, r)"},
}

// name is the Go name of the hook: CHUNK_BGN_FUNCTION becomes ChunkBgn.
func (t trampoline) name() string {
	base := strings.TrimSuffix(strings.TrimSuffix(t.option, "FUNCTION"), "_")
	var b strings.Builder
	for _, word := range strings.Split(base, "_") {
		b.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	return b.String()
}

// boundCallback is a trampoline joined with the prototype that libcurl's headers give it.
type boundCallback struct {
	trampoline
	typedef string
	result  string
	deliver string // deferred, copied or spot
	params  []callbackParam
}

// taped says that the callback can be recorded in C and played to Go later; tape.c has a function of its name.
func (b boundCallback) taped() bool { return b.deliver != "spot" }

// callbackParam is one parameter of a trampoline; drop marks the user data and libcurl's own handle, which may be an
// internal one that nobody knows.
type callbackParam struct {
	name string
	c    string
	drop bool
}

// boundCallbacks joins the rows with the model, and refuses a callback option that has no row: a new callback of
// libcurl must not fall out unnoticed.
func boundCallbacks(api *model.API) ([]boundCallback, error) {
	rows := map[string]trampoline{}
	for _, t := range trampolines {
		rows[t.option] = t
	}
	types, deliver := map[string]model.Callback{}, map[string]string{}
	for _, c := range api.Callbacks {
		types[c.Typedef] = c
		deliver[c.Option] = c.Deliver
	}
	var out []boundCallback
	for _, o := range api.Options {
		if o.Class != model.ClassFunction || o.Form == "none" {
			continue
		}
		t, ok := rows[o.Name]
		if !ok {
			return nil, fmt.Errorf("CURLOPT_%s has no row in trampolines (gen/emit/capi_callbacks.go)", o.Name)
		}
		delete(rows, o.Name)
		typ, ok := types[o.CallbackC]
		if !ok {
			return nil, fmt.Errorf("CURLOPT_%s: callback type %q is not declared in headers/curl.h", o.Name, o.CallbackC)
		}
		b := boundCallback{trampoline: t, typedef: typ.Typedef, result: typ.Result, deliver: deliver["CURLOPT_"+o.Name]}
		for i, p := range typ.Params {
			b.params = append(b.params, callbackParam{
				name: fmt.Sprintf("a%d", i),
				c:    p.C,
				drop: i == t.userdata || p.C == "CURL *" || p.C == "CURL*",
			})
		}
		if t.userdata >= len(b.params) {
			return nil, fmt.Errorf("CURLOPT_%s: %s has only %d parameters", o.Name, typ.Typedef, len(b.params))
		}
		out = append(out, b)
	}
	for name := range rows {
		return nil, fmt.Errorf("trampolines (gen/emit/capi_callbacks.go) has a row for CURLOPT_%s, which is no callback option", name)
	}
	return out, nil
}

// wire is how one C type crosses into Go: as a C type that cgo knows without libcurl's headers, and as a Go type.
type wire struct{ c, cgo, goType string }

// wireOf maps a C type of a callback's prototype. Pointers cross as unsafe.Pointer, enumerations as int.
func wireOf(c string) (wire, error) {
	switch c = strings.TrimSpace(c); {
	case strings.HasSuffix(c, "*"):
		return wire{"void *", "unsafe.Pointer", "unsafe.Pointer"}, nil
	case c == "size_t":
		return wire{"size_t", "C.size_t", "uintptr"}, nil
	case c == "curl_off_t":
		return wire{"int64_t", "C.int64_t", "int64"}, nil
	case c == "double":
		return wire{"double", "C.double", "float64"}, nil
	case c == "curl_socket_t":
		return wire{"intptr_t", "C.intptr_t", "int"}, nil
	case c == "int", c == "long", c == "CURLcode", c == "CURLSTScode", c == "curlioerr", c == "curl_infotype",
		c == "curlsocktype", strings.HasPrefix(c, "enum "):
		return wire{"int", "C.int", "int"}, nil
	}
	return wire{}, fmt.Errorf("no wire form for C type %q: add it to wireOf (gen/emit/capi_callbacks.go)", c)
}

func capiCallbackOutputs() []Output {
	return []Output{
		{"curl/internal/capi/zcallbacks.h", writeCallbacksHeader},
		{"curl/internal/capi/zcallbacks.c", writeCallbacksC},
		{"curl/internal/capi/zcallbacks.go", writeCallbacksGo},
		{"curl/internal/capi/zhooks.go", writeHooksGo},
	}
}
