package importer_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/importer"
	"github.com/seed-0edfda58/gocurl/gen/model"
	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

// headerSets finds the libcurl headers of this machine: where compilers look, and in the folders that
// GOCURL_HEADER_SETS lists like PATH.
func headerSets(t *testing.T) []string {
	t.Helper()
	candidates := []string{"/usr/include", "/usr/local/include"}
	multiarch, err := filepath.Glob("/usr/include/*-linux-*")
	if err != nil {
		t.Fatal(err)
	}
	candidates = append(candidates, multiarch...)
	candidates = append(candidates, filepath.SplitList(os.Getenv("GOCURL_HEADER_SETS"))...)
	var found []string
	for _, dir := range candidates {
		if _, err := os.Stat(filepath.Join(dir, "curl", "curl.h")); err == nil {
			found = append(found, dir)
		}
	}
	return found
}

// One binary runs with every libcurl, so a number or class that differs between releases, and is not marked as
// varying, would be a wrong number for somebody.
func TestRealHeadersAgree(t *testing.T) {
	required := 0
	if env := os.Getenv("GOCURL_REQUIRE_HEADER_SETS"); env != "" {
		var err error
		if required, err = strconv.Atoi(env); err != nil {
			t.Fatalf("GOCURL_REQUIRE_HEADER_SETS=%s is not a number", env)
		}
	}
	sets := headerSets(t)
	if len(sets) < required {
		t.Fatalf("found %d folders with libcurl's headers (%v), GOCURL_REQUIRE_HEADER_SETS asks for %d: name more in GOCURL_HEADER_SETS", len(sets), sets, required)
	}
	if len(sets) == 0 {
		t.Skip("no libcurl headers on this machine: name folders that hold curl/curl.h in GOCURL_HEADER_SETS to compare them with headers/")
	}
	ours := readOurs(t)
	for _, dir := range sets {
		facts, err := importer.ReadHeaders(dir)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		t.Run(facts.Version, func(t *testing.T) { ours.compare(t, facts) })
	}
}

// ours is what headers/ says.
type ours struct {
	release model.Version
	symbols map[string]importer.Symbol
	class   map[string]string // of CURLOPT and CURLINFO symbols
}

func readOurs(t *testing.T) ours {
	t.Helper()
	o := ours{symbols: map[string]importer.Symbol{}, class: map[string]string{}}
	o.release = version(t, readTable(t, "release.tsv", importer.ReleaseColumns)[0].Get("value"))
	list, err := importer.ReadSymbols(os.DirFS("../../headers"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		o.symbols[s.Name] = s
	}
	for _, r := range readTable(t, "options.tsv", importer.OptionColumns) {
		o.class["CURLOPT_"+r.Get("name")] = r.Get("class")
	}
	for _, r := range readTable(t, "infos.tsv", importer.InfoColumns) {
		o.class["CURLINFO_"+r.Get("name")] = r.Get("class")
	}
	// FTP_RESPONSE_TIMEOUT was an option before SERVER_RESPONSE_TIMEOUT took its place and it became the alias.
	for _, r := range readTable(t, "aliases.tsv", importer.AliasColumns) {
		o.class["CURLOPT_"+r.Get("alias")] = o.class["CURLOPT_"+r.Get("target")]
	}
	return o
}

func readTable(t *testing.T, name string, columns []string) []tsv.Row {
	t.Helper()
	rows, err := tsv.Read(os.DirFS("../../headers"), name, columns...)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func version(t *testing.T, text string) model.Version {
	t.Helper()
	v, ok := model.ParseVersion(text)
	if !ok {
		t.Fatalf("%q is not a version", text)
	}
	return v
}

func (o ours) compare(t *testing.T, facts *importer.Facts) {
	var fresh []string
	compared := 0
	for _, s := range facts.Symbols {
		known, ok := o.symbols[s.Name]
		switch {
		case !ok:
			fresh = append(fresh, s.Name)
		case known.Varies || known.Removed != "" && !known.Known:
		case known.Introduced == "": // the end of an enum, or a hole in it
		case known.Value != s.Value:
			t.Errorf("%s is %d in libcurl %s and %d in headers/, and not marked as varying", s.Name, s.Value, facts.Version, known.Value)
		default:
			compared++
		}
	}
	for _, option := range facts.Options {
		o.compareClass(t, "CURLOPT_"+option.Name, option.Class, facts.Version)
	}
	for _, info := range facts.Infos {
		o.compareClass(t, "CURLINFO_"+info.Name, info.Class, facts.Version)
	}
	if compared < 700 {
		t.Errorf("only %d symbols were compared: do the headers still say what the importer reads?", compared)
	}
	switch {
	case len(fresh) == 0:
	case version(t, facts.Version) > o.release:
		t.Logf("libcurl %s is newer than headers/ and has %s: follow it with go run ./gen import", facts.Version, strings.Join(fresh, ", "))
	default:
		t.Errorf("headers/ lacks %s, which libcurl %s has", strings.Join(fresh, ", "), facts.Version)
	}
	t.Logf("%d symbols, %d options and %d infos agree", compared, len(facts.Options), len(facts.Infos))
}

func (o ours) compareClass(t *testing.T, symbol, class, version string) {
	if _, known := o.symbols[symbol]; known && o.class[symbol] != class {
		t.Errorf("%s takes %q in libcurl %s and %q in headers/", symbol, class, version, o.class[symbol])
	}
}
