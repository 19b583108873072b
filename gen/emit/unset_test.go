package emit

import (
	"fmt"
	"strings"
	"testing"
)

func TestUnset(t *testing.T) {
	for text, want := range map[string]string{
		"none":        "<nil>",
		"null":        "Unset{Kind: opt.UnsetNull}",
		"caps":        "Unset{Kind: opt.UnsetCAs}",
		"0":           "Unset{Kind: opt.UnsetInt}",
		"-1":          "Unset{Kind: opt.UnsetInt, Int: -1}",
		"3,<8.3.0=-1": "Unset{Kind: opt.UnsetInt, Int: 3, Older: []opt.OlderDefault{{Before: 0x080300, Int: -1}}}",
		"3,<8.3.0=2,<7.1.0=1": "Unset{Kind: opt.UnsetInt, Int: 3, Older: []opt.OlderDefault{" +
			"{Before: 0x070100, Int: 1}, {Before: 0x080300, Int: 2}}}",
	} {
		code, err := unsetLit(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := "<nil>"
		if code != nil {
			got = fmt.Sprintf("%#v", code)
		}
		if squeeze(got) != squeeze("opt."+want) && got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"nil", "1,2", "1,<8=2", "1,8.3.0=2", "x"} {
		if code, err := unsetLit(text); err == nil {
			t.Errorf("%q was read as %#v", text, code)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
