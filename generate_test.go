package gocurl_test

import (
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

	released := map[string]int{ // libcurl 8.23.0; raise these with a release, never lower them
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
