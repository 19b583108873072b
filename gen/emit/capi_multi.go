package emit

import (
	"fmt"
	"strings"

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
