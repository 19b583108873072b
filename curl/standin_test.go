package curl

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// standIn compiles a library that exports every function that the loader requires. source may define some of them
// and names those in defined; the others abort the process when they are called.
func standIn(t *testing.T, source string, defined ...string) string {
	t.Helper()
	dir := t.TempDir()
	file, library := filepath.Join(dir, "standin.c"), filepath.Join(dir, "libstandin.so")
	cc, err := testserver.CC("-shared", "-fPIC", "-o", library, file)
	if err != nil {
		t.Skip("needs a C compiler to build a stand-in for libcurl: ", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "#include <stdlib.h>\n%s\n", source)
	for _, name := range requiredFunctions(t) {
		if !strings.Contains(" "+strings.Join(defined, " ")+" ", " "+name+" ") {
			fmt.Fprintf(&b, "void %s(void) { abort(); }\n", name)
		}
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := cc.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return library
}

// requiredFunctions are those that a library without any of them is said to lack.
func requiredFunctions(t *testing.T) []string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("names the C library as Linux does")
	}
	err := Load("libc.so.6")
	var missing *MissingSymbolsError
	if !errors.As(err, &missing) {
		t.Skip("no glibc here: ", err)
	}
	return missing.Symbols
}
