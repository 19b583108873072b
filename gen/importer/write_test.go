package importer_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// minor is an edit that makes the release another one.
func minor(number string) edit {
	return edit{"include/curl/curlver.h", "VERSION_MINOR 2", "VERSION_MINOR " + number}
}

// write imports a release into dir and returns the files.
func write(t *testing.T, dir string, edits ...edit) map[string]string {
	t.Helper()
	if err := read(t, edits...).WriteTo(dir); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(data)
	}
	return files
}

// wantRow fails unless a table has exactly this row.
func wantRow(t *testing.T, table, row string) {
	t.Helper()
	if !strings.Contains("\n"+table, "\n"+row+"\n") {
		t.Errorf("no row %q in\n%s", row, table)
	}
}

func TestWriteTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	first := write(t, dir)
	if diff := cmp.Diff(first, write(t, dir)); diff != "" {
		t.Errorf("the second import of one release differs (-first +second):\n%s", diff)
	}
	wantRow(t, first["options.tsv"], "URL\t10002\tstring\t-\t-\t-\t7.1\t-\t-\tFTP,HTTP\tOpenSSL")
	wantRow(t, first["release.tsv"], "version\t9.2.1")
}

func TestWriteKeepsWhatNoSingleReleaseTells(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, minor("1"))
	files := write(t, dir,
		edit{"include/curl/curl.h", "#define CURL_PAUSE (0x10000000 + 1)", "#define CURL_PAUSE 5\n#define CURL_FRESH 6"},
		edit{"include/curl/curl.h", "  CURLOPT(CURLOPT_OBSOLETE8, CURLOPTTYPE_LONG, 8),\n", ""})
	wantRow(t, files["symbols.tsv"], "CURL_FRESH\t6\t-\t-\t-\t-")
	wantRow(t, files["symbols.tsv"], "CURL_PAUSE\t5\t-\t-\t-\tvaries")
	wantRow(t, files["symbols.tsv"], "CURLOPT_OBSOLETE8\t8\t-\t-\t9.1.1\t-")

	// Later releases change nothing about that.
	files = write(t, dir, minor("3"), edit{"include/curl/curl.h", "#define CURL_PAUSE (0x10000000 + 1)", "#define CURL_PAUSE 5"},
		edit{"include/curl/curl.h", "  CURLOPT(CURLOPT_OBSOLETE8, CURLOPTTYPE_LONG, 8),\n", ""})
	wantRow(t, files["symbols.tsv"], "CURL_PAUSE\t5\t-\t-\t-\tvaries")
	wantRow(t, files["symbols.tsv"], "CURLOPT_OBSOLETE8\t8\t-\t-\t9.1.1\t-")
	wantRow(t, files["symbols.tsv"], "CURL_FRESH\t6\t-\t-\t9.2.1\t-")

	err := read(t).WriteTo(dir)
	if err == nil || !strings.Contains(err.Error(), "import releases from old to new") {
		t.Errorf("importing an older release: %v", err)
	}
}

func TestNormalForm(t *testing.T) {
	header := write(t, t.TempDir())["curl.h"]
	for _, want := range []string{
		"struct curl_slist;\n",
		"typedef long long curl_off_t;\n",
		"typedef enum {\n\tCURLE_OK = 0,\n\tCURLE_BAD_LUCK = 13,\n\tCURLE_OBSOLETE14 = 14,\n} CURLcode;\n",
		"enum {\n\tCURLAUTH_ANY = 4294967294,\n\tCURLAUTH_BASIC = 1,\n};\n",
		"struct curl_slist {\n\tchar *data;\n\tstruct curl_slist *next;\n};\n",
		"typedef int (*curl_seek_callback)(void *instream, curl_off_t offset, int origin);\n",
		"CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...);\n",
	} {
		if !strings.Contains(header, want) {
			t.Errorf("curl.h lacks\n%s", want)
		}
	}
	if n := strings.Count(header, "#"); n != 2 {
		t.Errorf("%d preprocessor lines, want the guard's two", n)
	}
	for _, leak := range []string{"a comment", "Better use", "#include"} {
		if strings.Contains(header, leak) {
			t.Errorf("curl.h contains %q", leak)
		}
	}
}

// headers/curl.h is what the cgo package compiles, alone or after the C library's own headers.
func TestImportedHeaderCompiles(t *testing.T) {
	compiler, err := exec.LookPath("gcc")
	if err != nil {
		t.Skip("no gcc here: what package capi compiles will tell")
	}
	const libc = "#include <stdarg.h>\n#include <stdio.h>\n#include <time.h>\n#include <sys/select.h>\n#include <sys/socket.h>\n#define GOCURL_HAVE_LIBC\n"
	for name, before := range map[string]string{"alone": "", "after the C library": libc} {
		cmd := exec.Command(compiler, "-fsyntax-only", "-Wall", "-Werror", "-I", "../../headers", "-xc", "-")
		cmd.Stdin = strings.NewReader(before + "#include \"curl.h\"\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
