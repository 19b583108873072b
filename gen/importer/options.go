package importer

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// optionMacro matches one row of the option enums: CURLOPT(name, type, number) and, with two more arguments,
// CURLOPTDEPRECATED(name, type, number, version, "what to use").
var optionMacro = regexp.MustCompile(`\bCURLOPT(?:DEPRECATED)?\(\s*(CURLM?OPT_\w+)\s*,\s*CURLOPTTYPE_(\w+)\s*,\s*(\d+)\s*(?:,\s*[\d.]+\s*,((?:\s*"[^"]*")+)\s*)?\)`)

var (
	classes = map[string]string{
		"LONG": "long", "VALUES": "long", "OFF_T": "off_t", "STRINGPOINT": "string", "SLISTPOINT": "slist",
		"BLOB": "blob", "FUNCTIONPOINT": "function", "CBPOINT": "data", "OBJECTPOINT": "object",
	}
	bases = map[string]int64{"long": 0, "off_t": 30000, "string": 10000, "slist": 10000, "blob": 40000, "function": 20000, "data": 10000, "object": 10000}
	named = regexp.MustCompile(`\b(?:CURL\w+|curl_\w+)`)
)

// replacement takes the symbol out of a deprecation message. Its words stay behind.
func replacement(message string) string {
	return named.FindString(message)
}

// options joins the text of the option macros with the numbers the parser worked out. A row that one of the two does
// not know is an error: libcurl has changed how it writes options.
func (h *headers) options() (easy []Option, multi []HandleOption, err error) {
	values := map[string]int64{}
	var problems []error
	for _, name := range []string{"CURLoption", "CURLMoption"} {
		enum, err := h.enum(name)
		problems = append(problems, err)
		for _, c := range enum {
			if !sentinel(c.Name) {
				values[c.Name] = c.Value
			}
		}
	}
	checks := readChecks(h)
	for _, m := range optionMacro.FindAllStringSubmatch(h.text, -1) {
		symbol, kind, number := m[1], m[2], m[3]
		if sentinel(symbol) {
			continue
		}
		value, ok := values[symbol]
		delete(values, symbol)
		class, known := classes[kind]
		low, _ := strconv.ParseInt(number, 10, 64)
		if !ok || !known || bases[class]+low != value {
			problems = append(problems, fmt.Errorf("%s: the macro says type %s and number %s, the parser %d; extend gen/importer/options.go", symbol, kind, number, value))
			continue
		}
		check := checks[symbol]
		if name, ok := strings.CutPrefix(symbol, "CURLMOPT_"); ok {
			if check.data {
				class = "data" // multi.h writes both kinds of pointer as OBJECTPOINT
			}
			multi = append(multi, HandleOption{Name: name, Number: value, Class: class, Callback: check.callback})
			continue
		}
		easy = append(easy, Option{
			Name: strings.TrimPrefix(symbol, "CURLOPT_"), Number: value, Class: class, Values: kind == "VALUES",
			Callback: check.callback, Object: check.object, Replaced: replacement(m[4]),
		})
	}
	for symbol := range values {
		problems = append(problems, fmt.Errorf("%s: in the enum, but not written as a CURLOPT macro; extend gen/importer/options.go", symbol))
	}
	slices.SortFunc(easy, func(a, b Option) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(multi, func(a, b HandleOption) int { return strings.Compare(a.Name, b.Name) })
	return easy, multi, errors.Join(problems...)
}

// aliases lists the macros that rename an option and that libcurl's own option table accepts. (WRITEINFO and
// CLOSEPOLICY rename options that are gone.)
func (h *headers) aliases(options []Option) []Alias {
	live := map[string]bool{}
	for _, o := range options {
		live["CURLOPT_"+o.Name] = true
	}
	var list []Alias
	for _, c := range h.macros() {
		if name, ok := strings.CutPrefix(c.Name, "CURLOPT_"); ok && live[c.Alias] {
			list = append(list, Alias{name, strings.TrimPrefix(c.Alias, "CURLOPT_")})
		}
	}
	return list
}

// shareOptions has numbers only: curl_share_setopt takes its arguments by no type that a header tells.
func (h *headers) shareOptions() ([]HandleOption, error) {
	enum, err := h.enum("CURLSHoption")
	var list []HandleOption
	for _, c := range enum {
		if sentinel(c.Name) {
			continue
		}
		o := HandleOption{Name: strings.TrimPrefix(c.Name, "CURLSHOPT_"), Number: c.Value}
		if prefix, ok := strings.CutSuffix(o.Name, "FUNC"); ok { // LOCKFUNC takes a curl_lock_function
			typedef := "curl_" + strings.ToLower(prefix) + "_function"
			for _, cb := range h.unit.Callbacks {
				if cb.Name == typedef {
					o.Class, o.Callback = "function", typedef
				}
			}
		}
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b HandleOption) int { return strings.Compare(a.Name, b.Name) })
	return list, err
}
