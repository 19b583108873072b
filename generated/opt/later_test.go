package opt

import "testing"

func TestLacks(t *testing.T) {
	numbers := []Later{{Name: "two", Value: 2, Since: 0x080d00}, {Name: "three", Value: 3, Since: 0x080e00}}
	bits := []Later{{Name: "two", Value: 2, Since: 0x080d00, Kind: LaterBit}, {Name: "four", Value: 4, Since: 0x080e00, Kind: LaterBit}}
	choice := []Later{{Name: "two", Value: 2, Since: 0x080d00, Kind: LaterChoice}, {Name: "four", Value: 4, Since: 0x080e00, Kind: LaterChoice}}
	for _, c := range []struct {
		constants []Later
		version   uint32
		n         int64
		want      string
	}{
		{numbers, 0x080c00, 1, ""},
		{numbers, 0x080c00, 2, "two"},
		{numbers, 0x080c00, 3, "three"},
		{numbers, 0x080d00, 2, ""},
		{numbers, 0x080d00, 3, "three"},
		{numbers, 0x080e00, 3, ""},
		{bits, 0x080c00, 1, ""},
		{bits, 0x080c00, 3, "two"},
		{bits, 0x080d00, 3, ""},
		{bits, 0x080d00, 7, "four"},
		{bits, 0x080d00, 4, "four"},
		{bits, 0x080e00, 7, ""},
		{choice, 0x080c00, 0, ""},
		{choice, 0x080c00, 3, ""}, // 1 will do
		{choice, 0x080c00, 6, "four"},
		{choice, 0x080d00, 6, ""}, // 2 will do
		{choice, 0x080d00, 4, "four"},
		{choice, 0x080c00, -1, ""},
	} {
		got, ok := Lacks(c.constants, c.version, c.n)
		if got.Name != c.want || ok != (c.want != "") {
			t.Errorf("%v, %d on %#x: %v %v, want %q", c.constants, c.n, c.version, got, ok, c.want)
		}
	}
}
