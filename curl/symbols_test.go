package curl_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// headerSymbol is a constant of libcurl's headers.
type headerSymbol struct {
	value int
	since string
}

// headerSymbols reads them from what was imported.
func headerSymbols(t *testing.T) map[string]headerSymbol {
	t.Helper()
	data, err := os.ReadFile("../headers/symbols.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]headerSymbol{}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(line, "\t")
		if n, err := strconv.Atoi(f[min(1, len(f)-1)]); err == nil && len(f) > 2 {
			all[f[0]] = headerSymbol{n, f[2]}
		}
	}
	return all
}
