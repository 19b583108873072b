package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// unsetLit reads "null", "caps", "none" or "30,<8.3.0=-1" and gives the opt.Unset for it, nil for none.
func unsetLit(text string) (jen.Code, error) {
	kind := func(name string) jen.Code {
		return exported("opt", "Unset").Add(fields("Kind", exported("opt", name)))
	}
	switch text {
	case "", "none":
		return nil, nil
	case "null":
		return kind("UnsetNull"), nil
	case "caps":
		return kind("UnsetCAs"), nil
	}
	now, older, err := readUnset(text)
	if err != nil {
		return nil, err
	}
	var rows []jen.Code
	for _, d := range older {
		rows = append(rows, fields("Before", versionLit(d.before), "Int", jen.Lit(int(d.value))))
	}
	var olderLit jen.Code
	if rows != nil {
		slices.Reverse(rows) // the table has the youngest first, For looks for the oldest first
		olderLit = jen.Index().Add(exported("opt", "OlderDefault")).Values(rows...)
	}
	return exported("opt", "Unset").Add(fields(
		"Kind", exported("opt", "UnsetInt"), "Int", unlessZero(int(now)), "Older", olderLit)), nil
}

// olderDefault is what a number was before a release.
type olderDefault struct {
	before model.Version
	value  int64
}

// readUnset reads "30,<8.3.0=-1". What is no number is an error.
func readUnset(text string) (now int64, older []olderDefault, err error) {
	current, rest, _ := strings.Cut(text, ",")
	if now, err = strconv.ParseInt(current, 0, 64); err != nil {
		return 0, nil, fmt.Errorf("unset %q is not null, caps, none or a number", text)
	}
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' }) {
		var major, minor, patch uint32
		var was int64
		if _, err := fmt.Sscanf(part, "<%d.%d.%d=%d", &major, &minor, &patch, &was); err != nil {
			return 0, nil, fmt.Errorf("unset %q: %q does not read like <8.3.0=-1", text, part)
		}
		older = append(older, olderDefault{model.Version(major<<16 | minor<<8 | patch), was})
	}
	return now, older, nil
}
