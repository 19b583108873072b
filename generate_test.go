package gocurl_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-0edfda58/gocurl/gen/emit"
	"github.com/seed-0edfda58/gocurl/gen/model"
)

var update = flag.Bool("update", false, "add new symbols to testdata/released.tsv")

func api(t *testing.T) *model.API {
	t.Helper()
	api, err := model.Load(os.DirFS("headers"))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func render(t *testing.T) []emit.File {
	t.Helper()
	files, err := emit.Render(api(t))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestGeneratedFilesAreUpToDate(t *testing.T) {
	files := render(t)
	for _, file := range files {
		firstLine, _, _ := strings.Cut(string(file.Data), "\n")
		if !regexp.MustCompile(`^(// Code generated .* DO NOT EDIT\.|<!-- Code generated .* DO NOT EDIT\. -->)$`).MatchString(firstLine) {
			t.Errorf("%s is not marked as generated: its first line is %q", file.Path, firstLine)
		}
		onDisk, err := os.ReadFile(file.Path)
		if err != nil {
			t.Errorf("run go generate ./... : %v", err)
			continue
		}
		if diff := cmp.Diff(strings.Split(string(onDisk), "\n"), strings.Split(string(file.Data), "\n")); diff != "" {
			t.Errorf("%s differs from what headers/ and gen/ make; run go generate ./... (-on disk +generated):\n%s", file.Path, diff)
		}
	}
	stale, err := emit.Stale(os.DirFS("."), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stale {
		t.Errorf("%s is marked as generated, but nothing generates it; run go generate ./...", name)
	}
}

// TestNothingGetsFewer guards against an import that reads only part of a release, which has happened to others: the
// rest still compiles, and nobody notices.
func TestNothingGetsFewer(t *testing.T) {
	api := api(t)
	counts := map[string]int{
		"options": len(api.Options), "aliases": len(api.Aliases), "infos": len(api.Infos),
		"multi options": len(api.MultiOptions), "share options": len(api.ShareOptions), "functions": len(api.Functions),
	}
	for _, space := range api.CodeSpaces {
		counts[space.Space+" codes"] = len(space.Codes)
	}
	typedefs := map[string]bool{}
	for _, cb := range api.Callbacks {
		typedefs[cb.Typedef] = true
	}
	counts["callback types"] = len(typedefs)

	released := map[string]int{ // libcurl 8.22.0; raise these with a release, never lower them
		"options": 312, "aliases": 15, "infos": 78, "multi options": 21, "share options": 5, "functions": 100,
		"easy codes": 87, "multi codes": 14, "share codes": 6, "url codes": 33, "header codes": 8, "proxy codes": 34,
		"callback types": 35,
	}
	for _, what := range slices.Sorted(maps.Keys(released)) {
		if counts[what] < released[what] {
			t.Errorf("%d %s, but %d have been released", counts[what], what, released[what])
		}
	}
}

// TestReleasedSymbolsStay compares with the list of everything that was ever released: a C symbol that had a Go name
// keeps it. The list only grows, by go test -run Released -update . after an import.
func TestReleasedSymbolsStay(t *testing.T) {
	const list = "testdata/released.tsv"
	now := coverage(t)
	data, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	released := strings.Split(strings.TrimSpace(string(data)), "\n")
	for _, line := range released {
		symbol, goName, _ := strings.Cut(line, "\t")
		if goName == "-" && !slices.ContainsFunc(now, func(l string) bool { return strings.HasPrefix(l, symbol+"\t") }) {
			t.Errorf("%s was released and is gone", symbol)
		}
		if goName != "-" && !slices.Contains(now, line) {
			t.Errorf("%s was released as %s and is not there any more", symbol, goName)
		}
	}
	for _, line := range now {
		if !slices.Contains(released, line) {
			released = append(released, line)
			if !*update {
				t.Errorf("%q is new; add it with go test -run Released -update .", line)
			}
		}
	}
	if *update {
		slices.Sort(released)
		if err := os.WriteFile(list, []byte(strings.Join(released, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// coverage reads the rows of COVERAGE.md as "C symbol<TAB>Go name", with - for what has none.
func coverage(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("generated/COVERAGE.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, row := range regexp.MustCompile("(?m)^\\| `(.*)` \\| (?:`(.*)`|.*) \\| [^|]* \\|$").FindAllStringSubmatch(string(data), -1) {
		symbol, goName := strings.ReplaceAll(row[1], "`", ""), row[2]
		if goName == "" {
			goName = "-"
		}
		rows = append(rows, fmt.Sprintf("%s\t%s", symbol, goName))
	}
	return rows
}

// TestModuleStaysLight keeps what go.mod asks of users at a minimum: a newer go line, a toolchain or a tool would
// reach into their modules.
func TestModuleStaysLight(t *testing.T) {
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	if !slices.Contains(lines, "go 1.25.0") {
		t.Error("the go line must read go 1.25.0, the oldest Go release that is supported")
	}
	for _, line := range lines {
		if word, _, _ := strings.Cut(line, " "); slices.Contains([]string{"toolchain", "tool", "replace", "exclude"}, word) {
			t.Errorf("go.mod must not have %q", line)
		}
	}
}
