package tsv_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

func TestFormatAndReadAgree(t *testing.T) {
	columns := []string{"name", "number", "text"}
	data := tsv.Format(columns, [][]string{{"A", "1", "some words"}, {"B", "", ""}})
	if want := "# name\tnumber\ttext\nA\t1\tsome words\nB\t-\t-\n"; string(data) != want {
		t.Fatalf("Format gives %q, want %q", data, want)
	}
	rows, err := tsv.Read(fstest.MapFS{"t.tsv": {Data: data}}, "t.tsv", columns...)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].Get("text") != "some words" || rows[1].Get("number") != "" || rows[1].Line != 3 {
		t.Errorf("rows are %+v", rows)
	}
}

func TestReadReportsEveryBadLine(t *testing.T) {
	files := fstest.MapFS{"t.tsv": {Data: []byte("# a\tb\n1\n1\t2\n\t2\n1\t2\t3\n")}}
	_, err := tsv.Read(files, "t.tsv", "a", "b")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"t.tsv:2: 1 fields", "t.tsv:4: column a is empty", "t.tsv:5: 3 fields"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q: %v", want, err)
		}
	}
	if _, err := tsv.Read(files, "t.tsv", "a", "c"); err == nil || !strings.Contains(err.Error(), "columns are") {
		t.Errorf("wrong columns: %v", err)
	}
}
