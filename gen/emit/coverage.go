package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// A coverageRow says where one symbol of libcurl went: to a Go name, to a part of the runtime, or nowhere and why.
type coverageRow struct {
	c, here, since string
	state          string // bound, owned, planned, none
}

// A coverageTable is one kind of symbol.
type coverageTable struct {
	title string
	rows  []coverageRow
}

// coverage prints where everything that libcurl offers can be found.
func coverage(api *model.API, w io.Writer) error {
	tables := coverageTables(api)
	var b strings.Builder
	fmt.Fprintf(&b, "# Coverage of libcurl %s\n\n", versionText(api.Release))
	b.WriteString("Every symbol of the release with its Go form. What has none is owned by a part of the runtime, planned, or " +
		"not bound for the reason given.\n\n")
	b.WriteString("| | in libcurl | bound | owned by the runtime | planned | not bound |\n|---|--:|--:|--:|--:|--:|\n")
	for _, t := range tables {
		count := map[string]int{}
		for _, r := range t.rows {
			count[r.state]++
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n",
			t.title, len(t.rows), count["bound"], count["owned"], count["planned"], count["none"])
	}
	for _, t := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n| C | Go | since |\n|---|---|---|\n", t.title)
		for _, r := range t.rows {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", r.c, strings.ReplaceAll(r.here, "|", `\|`), r.since)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// placed is the row of a symbol: its Go name if it is bound, else what the table says about it. note ends what is
// said about an owned symbol.
func placed(c string, form model.Form, goName, why, note string, introduced model.Version) coverageRow {
	row := coverageRow{c: c, since: "-"}
	if introduced != 0 {
		row.since = versionText(introduced)
	}
	switch form {
	case "owned":
		row.state, row.here = "owned", sentences("owned: "+why+".", note)
	case "planned":
		row.state, row.here = "planned", "planned: "+why
	case "none":
		row.state, row.here = "none", "not bound: "+why
	default:
		row.state, row.here = "bound", goName
	}
	return row
}

// code marks a Go name as such.
func code(name string) string { return "`" + name + "`" }
