package emit

import (
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// optComment documents the constructor of an option: what it sets, its argument, where and since when it works.
func optComment(api *model.API, o model.Option, name string, set setter) string {
	symbol := "CURLOPT_" + o.Name
	return comment(
		name+" sets "+symbol+": "+afterColon(o.Summary),
		sentences(
			set.takes,
			defaultText(api, o),
			since(o.Introduced),
			fallbackText(o),
			listText("For", o.Protocols, "All"),
			listText("TLS libraries:", o.TLS, "All"),
			liveText(o),
			aliasText(api, o),
		),
		deprecated(o.Deprecated, replacement(api, o.Replaced)),
		manual(symbol),
	)
}

// oldest is the oldest libcurl that the loader accepts; what happens with older ones is of no interest.
const oldest model.Version = 0x073d01

func fallbackText(o model.Option) string {
	if o.Fallback == "" || o.Introduced <= oldest {
		return ""
	}
	return "On an older one CURLOPT_" + o.Fallback + " takes its place."
}

func listText(title string, items []string, all string) string {
	if len(items) == 0 || slices.Contains(items, all) {
		return ""
	}
	return title + " " + strings.Join(items, ", ") + "."
}

func liveText(o model.Option) string {
	if !o.Live {
		return ""
	}
	return "A callback of a running transfer may change it."
}

func aliasText(api *model.API, o model.Option) string {
	var old []string
	for _, a := range api.Aliases {
		if a.Target == o.Name {
			old = append(old, "CURLOPT_"+a.Name)
		}
	}
	if old == nil {
		return ""
	}
	return "Older name: " + strings.Join(old, ", ") + "."
}

// replacement turns the C symbol of a replacement into a link to its Go form where there is one.
func replacement(api *model.API, symbol string) string {
	option, isOption := strings.CutPrefix(symbol, "CURLOPT_")
	for _, o := range api.Options {
		if isOption && o.Name == option && hasSetter(o) {
			return "[" + o.Go + "]"
		}
	}
	info, isInfo := strings.CutPrefix(symbol, "CURLINFO_")
	for _, i := range api.Infos {
		if isInfo && i.Name == info {
			return "[" + i.Go + "]"
		}
	}
	return symbol
}
