package curl

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// flavour is a libcurl that `make flavours` has made.
type flavour struct {
	name, version, library string
	loader                 string // "-" or what it must be started with
}

// flavours are those that are there.
func flavours(t *testing.T) (list []flavour) {
	t.Helper()
	if runtime.GOARCH == "386" {
		return nil // they are of the machine's own kind
	}
	folder, err := exec.Command("../.ci/flavours", "--folder").Output()
	if err != nil {
		return nil // no shell here
	}
	table, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "flavours.tsv"))
	if err != nil {
		return nil // never made
	}
	for line := range strings.Lines(string(table)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) >= 4 {
			list = append(list, flavour{f[0], f[1], f[2], f[3]})
		}
	}
	return list
}
