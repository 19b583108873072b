package state_test

import (
	"flag"
	"os"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

var update = flag.Bool("update", false, "rewrite the printed page")

const page = "../../STATES.md"

func TestPrintedPageIsTheTable(t *testing.T) {
	want := state.Markdown()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("curl/STATES.md differs from the table: run go test ./curl/internal/state -update and review the diff")
	}
}
