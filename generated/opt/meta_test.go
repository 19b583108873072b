package opt_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestByName(t *testing.T) {
	for name, want := range map[string]opt.ID{
		"CURLOPT_CONNECT_TO": opt.IDConnectTo,
		"CONNECT_TO":         opt.IDConnectTo,
		"ENCODING":           opt.IDAcceptEncoding, // the name before 7.21.6
		"CURLOPT_FTP_SSL":    opt.IDUseSSL,
	} {
		meta, ok := opt.ByName(name)
		if !ok || meta.ID != want {
			t.Errorf("%s gives %v, %v", name, meta.ID, ok)
		}
	}
	for _, name := range []string{"", "CURLOPT_", "CURLOPT_NONSENSE", "ConnectTo", "ZZZ"} {
		if meta, ok := opt.ByName(name); ok {
			t.Errorf("%q gives %v", name, meta.ID)
		}
	}
}

func TestEveryRowIsFound(t *testing.T) {
	var names []string
	for meta := range opt.All() {
		names = append(names, meta.Name)
		if found, ok := opt.Lookup(meta.ID); !ok || found.Name != meta.Name {
			t.Errorf("Lookup(%d) gives %s, want %s", meta.ID, found.Name, meta.Name)
		}
		if found, ok := opt.ByName(meta.Name); !ok || found.ID != meta.ID {
			t.Errorf("ByName(%s) gives %v", meta.Name, found.ID)
		}
		if (meta.Go == "") == (meta.Owner == "") {
			t.Errorf("%s: constructor %q, owner %q: want exactly one", meta.Name, meta.Go, meta.Owner)
		}
		if meta.ID == opt.IDSSLEngine || meta.ID == opt.IDSSLEngineDefault {
			meta.Owner = "no libcurl takes it back"
		}
		if (meta.Owner != "") != (meta.Unset.Kind == opt.UnsetNever) {
			t.Errorf("%s: owner %q, but unset is %+v", meta.Name, meta.Owner, meta.Unset)
		}
		if meta.Class == 0 || meta.Since == 0 {
			t.Errorf("%+v lacks a column", meta)
		}
	}
	if !slices.IsSorted(names) || len(names) != len(slices.Compact(slices.Clone(names))) {
		t.Error("All is not sorted by name, or lists an option twice")
	}
}

func TestLookupOfAnyNumber(t *testing.T) {
	known := map[opt.ID]bool{}
	for meta := range opt.All() {
		known[meta.ID] = true
	}
	for id := opt.ID(-20_000); id < 60_000; id++ {
		meta, ok := opt.Lookup(id)
		if ok != known[id] {
			t.Fatalf("Lookup(%d) gives %s, %v", id, meta.Name, ok)
		}
		if !ok && !strings.HasPrefix(id.String(), "CURLOPT_") {
			t.Fatalf("%d reads %s", int(id), id)
		}
	}
	if s := opt.ID(12345).String(); s != "CURLOPT_12345" {
		t.Errorf("an unknown option reads %s", s)
	}
}

func TestFallbackTakesTheSameValue(t *testing.T) {
	for meta := range opt.All() {
		if meta.Fallback == 0 {
			continue
		}
		old, ok := opt.Lookup(meta.Fallback)
		if !ok || old.Since >= meta.Since || old.Fallback != 0 || old.Owner != "" {
			t.Errorf("%s cannot stand in for %s", old.Name, meta.Name)
		}
	}
}

func TestUnsetForAVersion(t *testing.T) {
	u := opt.Unset{Kind: opt.UnsetInt, Int: 3, Older: []opt.OlderDefault{{Before: 0x070000, Int: 1}, {Before: 0x080000, Int: 2}}}
	for version, want := range map[uint32]int64{0x061000: 1, 0x070000: 2, 0x07ffff: 2, 0x080000: 3, 0x081600: 3} {
		if got := u.For(version); got != want {
			t.Errorf("the default of %#x is %d, want %d", version, got, want)
		}
	}
	meta, _ := opt.Lookup(opt.IDFTPSkipPasvIP)
	if meta.Unset.For(0x074900) != 0 || meta.Unset.For(0x074a00) != 1 { // changed for security in 7.74.0
		t.Errorf("%+v", meta.Unset)
	}
}
