package curl_test

import (
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeProgramsCompile builds every Go program of the README as a user would, from a file of their own.
func TestReadmeProgramsCompile(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command: ", err)
	}
	text, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	programs := regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindAllStringSubmatch(string(text), -1)
	if len(programs) == 0 {
		t.Fatal("the README has no ```go block")
	}
	for i, program := range programs {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "main.go")
			if err := os.WriteFile(file, []byte(program[1]), 0o666); err != nil {
				t.Fatal(err)
			}
			build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, "program"), file)
			build.Env = slices.DeleteFunc(os.Environ(), func(e string) bool {
				return strings.HasPrefix(e, "LD_LIBRARY_PATH=") // of the tests' libcurl, not of the compiler
			})
			if out, err := build.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			if tidy, err := format.Source([]byte(program[1])); err != nil || string(tidy) != program[1] {
				t.Error("gofmt would change the program")
			}
		})
	}
}
