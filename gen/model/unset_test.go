package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseUnset(t *testing.T) {
	for text, want := range map[string]Unset{
		"none":                {Kind: UnsetNone},
		"null":                {Kind: UnsetNull},
		"caps":                {Kind: UnsetCAs},
		"0":                   {Kind: UnsetNumber},
		"-1":                  {Kind: UnsetNumber, Value: -1},
		"3,<8.3.0=-1":         {Kind: UnsetNumber, Value: 3, Older: []OlderDefault{{0x080300, -1}}},
		"3,<8.3.0=2,<7.1.0=1": {Kind: UnsetNumber, Value: 3, Older: []OlderDefault{{0x080300, 2}, {0x070100, 1}}},
	} {
		got, ok := parseUnset(text)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s: %v, %s", text, ok, diff)
		}
	}
	for _, text := range []string{"", "nil", "number", "1,2", "1,<8=2", "1,8.3.0=2", "x"} {
		if u, ok := parseUnset(text); ok {
			t.Errorf("%q was read as %+v", text, u)
		}
	}
}
