package bits_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/internal/bits"
)

func TestJoin(t *testing.T) {
	// a group, two flags, a field of three bits with the values 3 and 5, and nothing
	names := []bits.Name{{0x700, "Field7"}, {0x500, "Field5"}, {0x300, "Field3"}, {3, "AB"}, {2, "B"}, {1, "A"}, {0, "None"}}
	for v, want := range map[uint32]string{
		0:          "None",
		1:          "A",
		2:          "B",
		3:          "AB",
		0x501:      "A|Field5",
		0x302:      "B|Field3",
		0x80000001: "A|0x80000000",
		0x80000000: "0x80000000",
	} {
		if got := bits.Join(v, names); got != want {
			t.Errorf("%#x reads %s, want %s", v, got, want)
		}
	}
	if got := bits.Join(0, names[:3]); got != "0x0" {
		t.Errorf("nothing without a name reads %s", got)
	}
}
