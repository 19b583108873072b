package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
)

// headers is one include/curl folder, parsed and as text. The parse gives values and types. The text is needed as
// well, because the preprocessor loses what the option macros say: CURLOPTTYPE_STRINGPOINT, SLISTPOINT, CBPOINT and
// OBJECTPOINT are one number, and a deprecation that is not turned into a compiler attribute vanishes.
type headers struct {
	unit  *cdecl.Unit
	text  string // all headers, without comments
	check string // typecheck-gcc.h, without comments
}

// translationUnit includes what declares the API. mprintf.h comes by itself only since 8.x. The type-checking
// macros would replace curl_easy_setopt and hide its prototype, and deprecation attributes are taken from the text.
const translationUnit = `#define CURL_DISABLE_TYPECHECK 1
#define CURL_DISABLE_DEPRECATION 1
#include "curl/curl.h"
#include "curl/mprintf.h"
`

// systemHeaders are included by libcurl's headers. They are empty: cdecl.Prelude declares what is needed of them.
var systemHeaders = []string{"stdio.h", "stdarg.h", "limits.h", "time.h", "sys/types.h", "sys/socket.h", "sys/time.h", "sys/select.h"}

func openHeaders(includeDir string) (*headers, error) {
	paths, err := filepath.Glob(filepath.Join(includeDir, "curl", "*.h"))
	if err != nil {
		return nil, err
	}
	files := fstest.MapFS{}
	h := &headers{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(path)
		files["curl/"+name] = &fstest.MapFile{Data: data}
		if name == "typecheck-gcc.h" {
			h.check = plain(string(data))
		} else {
			h.text += plain(string(data))
		}
	}
	if files["curl/curl.h"] == nil {
		return nil, fmt.Errorf("no libcurl headers: %s does not exist; name the folder that contains curl/curl.h", filepath.Join(includeDir, "curl", "curl.h"))
	}
	for _, name := range systemHeaders {
		files[name] = &fstest.MapFile{}
	}
	files["curl/system.h"] = &fstest.MapFile{Data: []byte(cdecl.System)}
	h.unit, err = cdecl.Parse(cdecl.Source{Name: "import.c", Text: translationUnit}, files)
	return h, err
}

// plain removes comments and joins continued lines, so that one regular expression per macro is enough.
func plain(src string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(src, "/*")
		b.WriteString(before)
		if !found {
			break
		}
		b.WriteByte(' ')
		_, src, _ = strings.Cut(rest, "*/")
	}
	return strings.ReplaceAll(b.String(), "\\\n", " ")
}

// version reads curlver.h. Its macros are numbers, so nothing of the version string needs parsing.
func (h *headers) version() (string, error) {
	part := map[string]int64{}
	for _, c := range h.unit.Constants {
		part[c.Name] = c.Value
	}
	major, ok := part["LIBCURL_VERSION_MAJOR"]
	if !ok {
		return "", fmt.Errorf("no LIBCURL_VERSION_MAJOR in curl/curlver.h: are these libcurl's own headers?")
	}
	return fmt.Sprintf("%d.%d.%d", major, part["LIBCURL_VERSION_MINOR"], part["LIBCURL_VERSION_PATCH"]), nil
}

// enum finds an enum definition by its typedef or tag.
func (h *headers) enum(name string) ([]cdecl.Constant, error) {
	for _, e := range h.unit.Enums {
		if e.Name() == name {
			return e.Values, nil
		}
	}
	return nil, fmt.Errorf("the headers define no enum %s", name)
}
