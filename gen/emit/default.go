package emit

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// defaultText says what an option is unless it is set; "" where that is nothing, or has no name.
func defaultText(api *model.API, o model.Option) string {
	if o.Unset.Kind != model.UnsetNumber || o.Name == "ALTSVC_CTRL" { // which is off, but cannot be set to that
		return ""
	}
	name := func(n int64) string { return valueText(api, o, n) }
	text := name(o.Unset.Value)
	if text == "" {
		return ""
	}
	for _, d := range o.Unset.Older {
		if before := name(d.Value); before != "" && d.Before > oldest {
			text += fmt.Sprintf(", before libcurl %s %s", versionText(d.Before), before)
		}
	}
	return "By default " + text + "."
}

// valueText is a value of an option as its setter takes it.
func valueText(api *model.API, o model.Option, n int64) string {
	switch o.Form {
	case "bool", "bool+enum":
		if n == 0 {
			return "off"
		}
		return "on"
	case "int", "size":
		return strconv.FormatInt(n, 10)
	case "seconds":
		return durationText(time.Duration(n) * time.Second)
	case "milliseconds":
		return durationText(time.Duration(n) * time.Millisecond)
	case "filemode":
		return fmt.Sprintf("%#o", n)
	case "enum", "bits":
		return enumText(api, o.FormArg, n)
	}
	return ""
}

// durationText is "1m" where d.String is "1m0s".
func durationText(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func enumText(api *model.API, typ string, n int64) string {
	i := slices.IndexFunc(api.EnumTypes, func(t model.EnumType) bool { return t.Go == typ })
	if i < 0 {
		return ""
	}
	t := api.EnumTypes[i]
	for _, v := range t.Values {
		if v.Value == n {
			return "[" + v.Go + "]"
		}
	}
	if !t.Bits() || n <= 0 {
		return ""
	}
	var parts []string
	for _, v := range slices.SortedFunc(slices.Values(t.Values), func(a, b model.EnumValue) int { return cmp.Compare(a.Value, b.Value) }) {
		if v.Value > 0 && v.Value&(v.Value-1) == 0 && n&v.Value != 0 {
			parts = append(parts, "["+v.Go+"]")
			n &^= v.Value
		}
	}
	if n != 0 {
		return ""
	}
	return strings.Join(parts, " | ")
}
