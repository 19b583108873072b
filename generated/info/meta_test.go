package info_test

import (
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/info"
)

func TestEveryRowIsFound(t *testing.T) {
	var names []string
	for meta := range info.All() {
		names = append(names, meta.Name)
		if found, ok := info.Lookup(meta.ID); !ok || found != meta {
			t.Errorf("Lookup(%d) gives %+v", meta.ID, found)
		}
		if found, ok := info.ByName(meta.Name); !ok || found != meta {
			t.Errorf("ByName(%s) gives %+v", meta.Name, found)
		}
		if (meta.Go == "") == (meta.Owner == "") || meta.Kind == 0 || meta.Since == 0 {
			t.Errorf("%+v lacks a column", meta)
		}
		// libcurl puts the type of the answer into the number.
		group := map[info.Kind]info.ID{
			info.KindString: 1, info.KindLong: 2, info.KindDouble: 3, info.KindList: 4,
			info.KindCerts: 4, info.KindTLS: 4, info.KindSocket: 5, info.KindOff: 6,
		}[meta.Kind]
		if meta.ID>>20 != group {
			t.Errorf("%s is read as %v, but its number is %#x", meta.Name, meta.Kind, int(meta.ID))
		}
	}
	if !slices.IsSorted(names) {
		t.Error("All is not sorted by name")
	}
}

func TestNames(t *testing.T) {
	if meta, ok := info.ByName("TOTAL_TIME_T"); !ok || meta.Go != "TotalTime" {
		t.Errorf("TOTAL_TIME_T gives %+v", meta)
	}
	for _, name := range []string{"", "CURLINFO_", "TEXT", "TotalTime"} {
		if meta, ok := info.ByName(name); ok {
			t.Errorf("%q gives %+v", name, meta)
		}
	}
	if s := info.TotalTime.String(); s != "CURLINFO_TOTAL_TIME_T" {
		t.Errorf("the key reads %s", s)
	}
	if s := info.ID(1).String(); s != "CURLINFO_1" {
		t.Errorf("an unknown number reads %s", s)
	}
	if spec := info.TotalTime.Spec(); spec.ID != info.IDTotalTime || spec.Kind != info.KindOff {
		t.Errorf("%+v", spec)
	}
	if s := info.KindTLS.String() + info.Kind(99).String(); s != "TLS sessionKind(99)" {
		t.Errorf("kinds read %s", s)
	}
}
