package curl

import (
	"strings"
	"testing"
)

func TestQuirksGoByTheRelease(t *testing.T) {
	for i, q := range quirks {
		if q.what == "" || q.done == "" || q.last != 0 && q.first > q.last || q.last > 0x0fffff {
			t.Errorf("row %d: %+v", i, q)
		}
	}
	tells := func(num uint32, what string) bool {
		for _, q := range (VersionInfo{Num: num}).Quirks() {
			if strings.Contains(q.What, what) {
				return true
			}
		}
		return false
	}
	for _, c := range []struct {
		what        string
		first, last uint32 // with it
		before, not uint32 // without it
	}{
		{"cookies of a share", 0x080b00, 0x080f00, 0x080a01, 0x081000},
		{"connections of a share", 0x073d01, 0x081700, 0, 0},
		{"never takes back", 0x080900, 0x080900, 0x080801, 0x080901},
		{"CLOSE_WAIT", 0x081500, 0x081500, 0x081400, 0x081600},
		{"left to itself", 0x075700, 0x081301, 0x0756ff, 0x081400},
		{"writes in front of its buffer", 0x074000, 0x080600, 0x073f00, 0x080700},
	} {
		if !tells(c.first, c.what) || !tells(c.last, c.what) || c.not != 0 && (tells(c.before, c.what) || tells(c.not, c.what)) {
			t.Errorf("%q is told of the wrong releases", c.what)
		}
	}
	for num, broken := range map[uint32]bool{0x080900: true, 0x080e00: true, 0x081500: true, 0x080e01: false, 0x075801: false, 0x081600: false} {
		if brokenEvents(num) != broken {
			t.Errorf("events of %s: broken %v", release(num), !broken)
		}
	}
	if q := (VersionInfo{Num: 0x080e01}).Quirks()[0]; q.First != "8.11.0" || q.Last != "8.15.0" {
		t.Errorf("%+v", q)
	}
}
