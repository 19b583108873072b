package importer

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// infoType matches "CURLINFO_X = CURLINFO_PTR + 34", with or without parentheses. Slists and pointers share one
// number for their type, so only the text tells them apart.
var infoType = regexp.MustCompile(`\b(CURLINFO_\w+)[^,=]*=\s*\(?\s*CURLINFO_(\w+)\s*\+`)

// The deprecation mark of an enumerator follows its name and a function's precedes it.
var (
	deprecatedConstant = regexp.MustCompile(`\b(\w+)\s+CURL_DEPRECATED\(\s*([\d.]+)\s*,((?:\s*"[^"]*")+)\s*\)`)
	deprecatedFunction = regexp.MustCompile(`CURL_DEPRECATED\(\s*([\d.]+)\s*,(?:\s*"[^"]*")+\s*\)\s*\*?(curl_\w+)\s*\(`)
)

func (h *headers) infos() ([]Info, error) {
	enum, err := h.enum("CURLINFO")
	if err != nil {
		return nil, err
	}
	class := map[string]string{}
	// The mark would hide the equals sign from infoType when its message contains one.
	text := deprecatedConstant.ReplaceAllString(h.text, "$1")
	for _, m := range infoType.FindAllStringSubmatch(text, -1) {
		class[m[1]] = strings.ToLower(m[2])
	}
	replaced := map[string]string{}
	for _, m := range deprecatedConstant.FindAllStringSubmatch(h.text, -1) {
		replaced[m[1]] = replacement(m[3])
	}
	var list []Info
	var problems []error
	for _, c := range enum {
		if sentinel(c.Name) {
			continue
		}
		if class[c.Name] == "" {
			problems = append(problems, fmt.Errorf("%s: no type like CURLINFO_LONG found for it; extend gen/importer/infos.go", c.Name))
		}
		list = append(list, Info{Name: strings.TrimPrefix(c.Name, "CURLINFO_"), Number: c.Value, Class: class[c.Name], Replaced: replaced[c.Name]})
	}
	slices.SortFunc(list, func(a, b Info) int { return strings.Compare(a.Name, b.Name) })
	return list, errors.Join(problems...)
}

// functions lists what the headers declare.
func (h *headers) functions() []Function {
	deprecated := map[string]string{}
	for _, m := range deprecatedFunction.FindAllStringSubmatch(h.text, -1) {
		deprecated[m[2]] = m[1]
	}
	var list []Function
	for _, f := range h.unit.Functions {
		list = append(list, Function{Name: strings.TrimPrefix(f.Name, "curl_"), Deprecated: deprecated[f.Name]})
	}
	slices.SortFunc(list, func(a, b Function) int { return strings.Compare(a.Name, b.Name) })
	return list
}
