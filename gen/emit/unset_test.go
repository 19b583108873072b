package emit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

func TestUnset(t *testing.T) {
	number := func(n int64, older ...model.OlderDefault) model.Unset {
		return model.Unset{Kind: model.UnsetNumber, Value: n, Older: older}
	}
	for want, u := range map[string]model.Unset{
		"<nil>":                              {Kind: model.UnsetNone},
		"Unset{Kind: opt.UnsetNull}":         {Kind: model.UnsetNull},
		"Unset{Kind: opt.UnsetCAs}":          {Kind: model.UnsetCAs},
		"Unset{Kind: opt.UnsetInt}":          number(0),
		"Unset{Kind: opt.UnsetInt, Int: -1}": number(-1),
		"Unset{Kind: opt.UnsetInt, Int: 3, Older: []opt.OlderDefault{{Before: 0x070100, Int: 1}, {Before: 0x080300, Int: 2}}}": number(3,
			model.OlderDefault{Before: 0x080300, Value: 2}, model.OlderDefault{Before: 0x070100, Value: 1}),
	} {
		got := "<nil>"
		if code := unsetLit(u); code != nil {
			got = fmt.Sprintf("%#v", code)
		}
		if squeeze(got) != squeeze("opt."+want) && got != want {
			t.Errorf("%+v became %s, want %s", u, got, want)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
