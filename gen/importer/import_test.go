package importer_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-0edfda58/gocurl/gen/importer"
)

func TestImportReadsEveryKindOfFact(t *testing.T) {
	got := read(t)
	got.Unit = nil
	want := &importer.Facts{
		Version: "9.2.1",
		Symbols: []importer.Symbol{
			{Name: "CURLAUTH_ANY", Value: 0xfffffffe, Known: true, Introduced: "7.10"},
			{Name: "CURLAUTH_BASIC", Value: 1, Known: true},
			{Name: "CURLE_BAD_LUCK", Value: 13, Known: true, Introduced: "7.1"},
			{Name: "CURLE_OBSOLETE14", Value: 14, Known: true},
			{Name: "CURLE_OK", Known: true, Introduced: "7.1"},
			{Name: "CURLINFO_CERTS", Value: 0x400003, Known: true},
			{Name: "CURLINFO_COOKIES", Value: 0x400002, Known: true},
			{Name: "CURLINFO_LASTONE", Value: 3, Known: true},
			{Name: "CURLINFO_NONE", Known: true},
			{Name: "CURLINFO_PAGE", Value: 0x100001, Known: true, Introduced: "7.2", Deprecated: "9.0.0"},
			{Name: "CURLINFO_PTR", Value: 0x400000, Known: true},
			{Name: "CURLINFO_SLIST", Value: 0x400000, Known: true},
			{Name: "CURLINFO_STRING", Value: 0x100000, Known: true},
			{Name: "CURLMOPT_LASTENTRY", Value: 4, Known: true},
			{Name: "CURLMOPT_MAX", Value: 3, Known: true, Introduced: "8.0.0"},
			{Name: "CURLMOPT_NOTEDATA", Value: 10002, Known: true},
			{Name: "CURLOPTTYPE_BLOB", Value: 40000, Known: true},
			{Name: "CURLOPTTYPE_CBPOINT", Value: 10000, Known: true},
			{Name: "CURLOPTTYPE_FUNCTIONPOINT", Value: 20000, Known: true},
			{Name: "CURLOPTTYPE_LONG", Known: true},
			{Name: "CURLOPTTYPE_OBJECTPOINT", Value: 10000, Known: true},
			{Name: "CURLOPTTYPE_OFF_T", Value: 30000, Known: true},
			{Name: "CURLOPTTYPE_SLISTPOINT", Value: 10000, Known: true},
			{Name: "CURLOPTTYPE_STRINGPOINT", Value: 10000, Known: true},
			{Name: "CURLOPTTYPE_VALUES", Known: true},
			{Name: "CURLOPT_AUTH", Value: 6, Known: true, Introduced: "7.3.0"},
			{Name: "CURLOPT_FILE", Value: 10001, Known: true},
			{Name: "CURLOPT_LASTENTRY", Value: 9, Known: true},
			{Name: "CURLOPT_LIST", Value: 10004, Known: true},
			{Name: "CURLOPT_LOST", Introduced: "7.1", Removed: "7.9.8"},
			{Name: "CURLOPT_MIME", Value: 10003, Known: true},
			{Name: "CURLOPT_OBSOLETE8", Value: 8, Known: true},
			{Name: "CURLOPT_PUT", Value: 7, Known: true, Introduced: "7.1", Deprecated: "9.1.0"},
			{Name: "CURLOPT_SEEKFUNCTION", Value: 20012, Known: true},
			{Name: "CURLOPT_SIZE_LARGE", Value: 30005, Known: true},
			{Name: "CURLOPT_URL", Value: 10002, Known: true, Introduced: "7.1"},
			{Name: "CURLOPT_WRITEDATA", Value: 10001, Known: true},
			{Name: "CURLOPT_WRITEFUNCTION", Value: 20011, Known: true},
			{Name: "CURLSHOPT_LAST", Value: 3, Known: true},
			{Name: "CURLSHOPT_LOCKFUNC", Value: 2, Known: true},
			{Name: "CURLSHOPT_NONE", Known: true},
			{Name: "CURLSHOPT_SHARE", Value: 1, Known: true},
			{Name: "CURL_PAUSE", Value: 0x10000001, Known: true},
			{Name: "CURL_SOCKET_BAD", Value: -1, Known: true},
		},
		Options: []importer.Option{
			{Name: "AUTH", Number: 6, Class: "long", Values: true, Introduced: "7.3.0"},
			{Name: "LIST", Number: 10004, Class: "slist"},
			{Name: "MIME", Number: 10003, Class: "object", Object: "curl_mime"},
			{Name: "PUT", Number: 7, Class: "long", Introduced: "7.1", Deprecated: "9.1.0", Replaced: "CURLOPT_UPLOAD"},
			{Name: "SEEKFUNCTION", Number: 20012, Class: "function", Callback: "curl_seek_callback"},
			{Name: "SIZE_LARGE", Number: 30005, Class: "off_t"},
			{Name: "URL", Number: 10002, Class: "string", Introduced: "7.1", Protocols: []string{"FTP", "HTTP"}, TLS: []string{"OpenSSL"}},
			{Name: "WRITEDATA", Number: 10001, Class: "data"},
			{Name: "WRITEFUNCTION", Number: 20011, Class: "function", Callback: "curl_write_callback"},
		},
		Aliases: []importer.Alias{{Name: "FILE", Target: "WRITEDATA"}},
		Infos: []importer.Info{
			{Name: "CERTS", Number: 0x400003, Class: "ptr"},
			{Name: "COOKIES", Number: 0x400002, Class: "slist"},
			{Name: "PAGE", Number: 0x100001, Class: "string", Introduced: "7.2", Deprecated: "9.0.0", Replaced: "CURLINFO_COOKIES"},
		},
		MultiOptions: []importer.HandleOption{
			{Name: "MAX", Number: 3, Class: "long", Introduced: "8.0.0"},
			{Name: "NOTEDATA", Number: 10002, Class: "data"},
		},
		ShareOptions: []importer.HandleOption{
			{Name: "LOCKFUNC", Number: 2, Class: "function", Callback: "curl_lock_function"},
			{Name: "SHARE", Number: 1, Class: "int"},
		},
		Functions: []importer.Function{
			{Name: "easy_init", Introduced: "7.1"},
			{Name: "easy_setopt"},
			{Name: "mprintf"},
			{Name: "mvprintf"},
			{Name: "old", Deprecated: "9.0.0"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts differ (-want +got):\n%s", diff)
	}
}

func TestImportWithoutPages(t *testing.T) {
	// Before 8.6 the manual pages had no front matter; before that no .md pages existed at all.
	var edits []edit
	for name := range release {
		if strings.HasSuffix(name, ".md") {
			edits = append(edits, edit{file: name})
		}
	}
	f := read(t, edits...)
	for _, o := range f.Options {
		if o.Name == "URL" && (o.Introduced != "7.1" || o.Protocols != nil || o.TLS != nil) {
			t.Errorf("URL without a page: %+v", o)
		}
	}
	for _, fn := range f.Functions {
		if fn.Introduced != "" {
			t.Errorf("function %s without a page has a version %s", fn.Name, fn.Introduced)
		}
	}
}

func TestImportRefusesWhatItDoesNotUnderstand(t *testing.T) {
	const curl, history = "include/curl/curl.h", "docs/libcurl/symbols-in-versions"
	for name, c := range map[string]struct {
		edit edit
		want []string
	}{
		"no headers":              {edit{file: curl}, []string{"curl.h does not exist", "name the folder"}},
		"no history":              {edit{file: history}, []string{"symbols-in-versions", "name the folder docs"}},
		"empty history":           {edit{file: history, to: "Nothing here.\n"}, []string{"lists no symbol"}},
		"bad history line":        {edit{history, "8.0.0\n", "soon\n"}, []string{"not name and versions", "CURLMOPT_MAX"}},
		"not C":                   {edit{curl, "typedef void CURL;", "typedef void CURL CURL CURL;"}, []string{"curl.h"}},
		"header of the machine":   {edit{curl, "#include <stdio.h>", "#include <unistd.h>"}, []string{"unistd.h"}},
		"no version":              {edit{file: "include/curl/curlver.h", to: "\n"}, []string{"LIBCURL_VERSION_MAJOR"}},
		"unknown option type":     {edit{curl, "CURLOPTTYPE_BLOB 40000", "CURLOPTTYPE_BLOB 40000\n#define CURLOPTTYPE_URLPOINT 10000"}, nil},
		"option of unknown type":  {edit{curl, "CURLOPT(CURLOPT_URL, CURLOPTTYPE_STRINGPOINT", "CURLOPT(CURLOPT_URL, CURLOPTTYPE_BLOB + CURLOPTTYPE_LONG"}, []string{"CURLOPT_URL", "gen/importer/options.go"}},
		"option outside macros":   {edit{curl, "CURLOPT(CURLOPT_URL, CURLOPTTYPE_STRINGPOINT, 2)", "CURLOPT_URL = 10002"}, []string{"CURLOPT_URL", "not written as a CURLOPT macro"}},
		"option numbers disagree": {edit{curl, "na = ((t) + (nu))", "na = ((t) + (nu) + 1)"}, []string{"CURLOPT_URL", "the macro says"}},
		"info without type":       {edit{curl, "= CURLINFO_PTR + 3", "= 0x400003"}, []string{"CURLINFO_CERTS", "gen/importer/infos.go"}},
		"no option enum":          {edit{"include/curl/multi.h", "} CURLMoption;", "} CURLMoptions;"}, []string{"no enum CURLMoption"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, c.edit)
			_, err := importer.Import(filepath.Join(dir, "include"), filepath.Join(dir, "docs"))
			if c.want == nil {
				if err != nil {
					t.Errorf("harmless change refused: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error lacks %q: %v", want, err)
				}
			}
		})
	}
}
