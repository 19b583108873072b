package importer

import (
	"regexp"
	"strings"
)

// check is what typecheck-gcc.h tells about the argument of one option.
type check struct {
	callback string // typedef of the function
	object   string // what a bare object pointer points to
	data     bool   // user data of a callback
}

// typecheck-gcc.h wraps curl_easy_setopt in a macro of pairs "if this option, then the value must pass that check":
//
//	if((option) == CURLOPT_SEEKFUNCTION) if(!curlcheck_seek_cb(value)) complain
//	if(curlcheck_conv_cb_option(option)) if(!curlcheck_conv_cb(value)) complain
//
// where macros define which options a group holds and which C types a check accepts. Before 8.16 fewer callbacks are
// listed, and multi options not at all.
var (
	checkPair  = regexp.MustCompile(`if\((?:\(\w+\) == (CURLM?OPT_\w+)|(curlcheck_\w+_option)\(\w+\))\)\s+if\(!(curlcheck_\w+)\(+value\)?(?:, ([\w ]+))?\)\)`)
	checkGroup = regexp.MustCompile(`#define (curlcheck_\w+_option)\(\w+\)(.*)`)
	checkType  = regexp.MustCompile(`#define (curlcheck_\w+)\(expr\)(.*)`)
	optionName = regexp.MustCompile(`CURLM?OPT_\w+`)
	compatible = regexp.MustCompile(`curlcheck_cb_compatible\(\(expr\), (curl_\w+)\)`)
)

func readChecks(h *headers) map[string]check {
	text := strings.Join(strings.FieldsFunc(h.check, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' }), " ")
	groups := map[string][]string{}
	for _, m := range checkGroup.FindAllStringSubmatch(text, -1) {
		groups[m[1]] = optionName.FindAllString(m[2], -1)
	}
	types := map[string]string{}
	for _, m := range checkType.FindAllStringSubmatch(text, -1) {
		if t := compatible.FindStringSubmatch(m[2]); t != nil {
			types[m[1]] = t[1]
		}
	}
	checks := map[string]check{}
	for _, m := range checkPair.FindAllStringSubmatch(text, -1) {
		options := groups[m[2]]
		if m[1] != "" {
			options = []string{m[1]}
		}
		for _, option := range options {
			checks[option] = newCheck(m[3], m[4], types)
		}
	}
	// The one callback without a typedef of its own: libcurl keeps it in a curl_write_callback.
	if _, ok := checks["CURLOPT_INTERLEAVEFUNCTION"]; ok {
		checks["CURLOPT_INTERLEAVEFUNCTION"] = check{callback: "curl_write_callback"}
	}
	return checks
}

func newCheck(name, object string, types map[string]string) check {
	switch name {
	case "curlcheck_cb_data":
		return check{data: true}
	case "curlcheck_ptr", "curlcheck_arr", "curlcheck_ptrptr":
		if object == "struct curl_slist" {
			return check{} // lists have a class of their own
		}
		if name == "curlcheck_ptrptr" {
			object += " *"
		}
		return check{object: object}
	case "curlcheck_long", "curlcheck_off_t", "curlcheck_string":
		return check{}
	case "curlcheck_curl":
		return check{object: "CURL"}
	}
	if typedef := types[name]; typedef != "" {
		return check{callback: typedef}
	}
	if strings.HasSuffix(name, "_cb") || strings.HasSuffix(name, "_callback") {
		return check{}
	}
	return check{object: strings.TrimPrefix(name, "curlcheck_")} // error_buffer, FILE, postfields
}
