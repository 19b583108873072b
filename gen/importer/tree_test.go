package importer_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/importer"
)

// release is a libcurl of our own, with each way in which the real headers write a fact.
var release = map[string]string{
	"include/curl/curlver.h": `
#define LIBCURL_VERSION_MAJOR 9
#define LIBCURL_VERSION_MINOR 2
#define LIBCURL_VERSION_PATCH 1
`,
	"include/curl/system.h": "#error our own system.h replaces this one\n",
	"include/curl/curl.h": `
#include "curlver.h"
#include "system.h"
#include <stdio.h>
#include <sys/socket.h>
typedef void CURL;
typedef void CURLSH;
typedef int curl_socket_t;
#define CURL_SOCKET_BAD (-1)
#define CURL_DEPRECATED(version, message)
#define CURL_PAUSE (0x10000000 + 1) /* a comment, with CURLOPT(CURLOPT_FAKE, CURLOPTTYPE_LONG, 7) in it */
#define CURLAUTH_BASIC (((unsigned long)1) << 0)
#define CURLAUTH_ANY (~CURLAUTH_BASIC)
#define CURL_WORDS "no number"
typedef enum {
  CURLE_OK,
  CURLE_BAD_LUCK = 13,
  CURLE_OBSOLETE14
} CURLcode;
struct curl_slist { char *data; struct curl_slist *next; };
typedef struct curl_mime curl_mime;
typedef size_t (*curl_write_callback)(char *buffer, size_t size, size_t nitems, void *outstream);
typedef int (*curl_seek_callback)(void *instream, curl_off_t offset, int origin);
typedef void (*curl_lock_function)(CURL *handle, int data);
#define CURLOPTTYPE_LONG 0
#define CURLOPTTYPE_OBJECTPOINT 10000
#define CURLOPTTYPE_FUNCTIONPOINT 20000
#define CURLOPTTYPE_OFF_T 30000
#define CURLOPTTYPE_BLOB 40000
#define CURLOPT(na, t, nu) na = ((t) + (nu))
#define CURLOPTDEPRECATED(na, t, nu, v, m) na CURL_DEPRECATED(v, m) \
  = ((t) + (nu))
#define CURLOPTTYPE_STRINGPOINT CURLOPTTYPE_OBJECTPOINT
#define CURLOPTTYPE_SLISTPOINT CURLOPTTYPE_OBJECTPOINT
#define CURLOPTTYPE_CBPOINT CURLOPTTYPE_OBJECTPOINT
#define CURLOPTTYPE_VALUES CURLOPTTYPE_LONG
typedef enum {
  CURLOPT(CURLOPT_URL, CURLOPTTYPE_STRINGPOINT, 2),
  CURLOPT(CURLOPT_WRITEFUNCTION, CURLOPTTYPE_FUNCTIONPOINT, 11),
  CURLOPT(CURLOPT_WRITEDATA, CURLOPTTYPE_CBPOINT, 1),
  CURLOPT(CURLOPT_SEEKFUNCTION, CURLOPTTYPE_FUNCTIONPOINT, 12),
  CURLOPT(CURLOPT_MIME, CURLOPTTYPE_OBJECTPOINT, 3),
  CURLOPT(CURLOPT_LIST, CURLOPTTYPE_SLISTPOINT, 4),
  CURLOPT(CURLOPT_SIZE_LARGE, CURLOPTTYPE_OFF_T, 5),
  CURLOPT(CURLOPT_AUTH,
          CURLOPTTYPE_VALUES, 6),
  CURLOPTDEPRECATED(CURLOPT_PUT, CURLOPTTYPE_LONG, 7,
                    9.1.0, "Better use " "CURLOPT_UPLOAD, really"),
  CURLOPT(CURLOPT_OBSOLETE8, CURLOPTTYPE_LONG, 8),
  CURLOPT_LASTENTRY
} CURLoption;
#define CURLOPT_FILE CURLOPT_WRITEDATA
#define CURLOPT_GONE CURLOPT_NEVER
#define CURLINFO_STRING 0x100000
#define CURLINFO_SLIST 0x400000
#define CURLINFO_PTR 0x400000
typedef enum {
  CURLINFO_NONE,
  CURLINFO_PAGE CURL_DEPRECATED(9.0.0, "x = 1, use CURLINFO_COOKIES") = CURLINFO_STRING + 1,
  CURLINFO_COOKIES = (CURLINFO_SLIST + 2),
  CURLINFO_CERTS   = CURLINFO_PTR + 3,
  CURLINFO_LASTONE = 3
} CURLINFO;
typedef enum { CURLSHOPT_NONE, CURLSHOPT_SHARE, CURLSHOPT_LOCKFUNC, CURLSHOPT_LAST } CURLSHoption;
CURL *curl_easy_init(void);
CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...);
void CURL_DEPRECATED(9.0.0, "Use something else") curl_old(struct curl_slist list[]);
#include "multi.h"
`,
	"include/curl/multi.h": `
typedef enum {
  CURLOPT(CURLMOPT_NOTEDATA, CURLOPTTYPE_OBJECTPOINT, 2),
  CURLOPT(CURLMOPT_MAX, CURLOPTTYPE_LONG, 3),
  CURLMOPT_LASTENTRY
} CURLMoption;
`,
	"include/curl/mprintf.h": "#include <stdarg.h>\nint curl_mprintf(const char *format, ...);\nint curl_mvprintf(const char *format, va_list args);\n",
	"include/curl/typecheck-gcc.h": `
#define curl_easy_setopt(handle, option, value)      \
    if(curlcheck_write_cb_option(option))            \
      if(!curlcheck_write_cb(value))                 \
        complain();                                  \
    if((option) == CURLOPT_SEEKFUNCTION)             \
      if(!curlcheck_seek_cb(value)) complain();      \
    if((option) == CURLOPT_MIME)                     \
      if(!curlcheck_ptr((value), curl_mime)) complain();
#define curl_multi_setopt(handle, option, value)     \
    if(curlcheck_data_option(option))                \
      if(!curlcheck_cb_data(value)) complain();
#define curlcheck_data_option(option) ((option) == CURLMOPT_NOTEDATA || 0)
#define curlcheck_write_cb_option(option) ((option) == CURLOPT_WRITEFUNCTION)
#define curlcheck_write_cb(expr) (curlcheck_NULL(expr) || \
   curlcheck_cb_compatible((expr), __typeof__(fwrite) *) || \
   curlcheck_cb_compatible((expr), curl_write_callback))
#define curlcheck_seek_cb(expr) curlcheck_cb_compatible((expr), curl_seek_callback)
`,
	"docs/libcurl/symbols-in-versions": `
 Words before the table, 9.1.0 among them.

CURLAUTH_ANY                    7.10
CURLE_BAD_LUCK                  7.1
CURLE_OK                        7.1
CURLINFO_PAGE                   7.2           9.0.0
CURLMOPT_MAX                    8.0.0
CURLOPT_AUTH                    7.3.0
CURLOPT_LOST                    7.1           -           7.9.8
CURLOPT_PUT                     7.1           9.1.0
CURLOPT_URL                     7.1
CURL_WORDS                      7.1
`,
	"docs/libcurl/opts/CURLOPT_URL.md": "---\nTitle: CURLOPT_URL\nProtocol:\n  - HTTP\n  - FTP\nTLS-backend:\n  - OpenSSL\nAdded-in: 7.1\n---\n\n# NAME\n\nCURLOPT_URL - where to go\n",
	"docs/libcurl/opts/CURLSHOPT_SHARE.md": "---\nTitle: CURLSHOPT_SHARE\nAdded-in: 7.10\n---\n\n# NAME\n\nCURLSHOPT_SHARE - share\n\n# SYNOPSIS\n\n" +
		"CURLSHcode curl_share_setopt(CURLSH *share, CURLSHOPT_SHARE, int type);\n",
	"docs/libcurl/curl_easy_init.md": "---\nTitle: curl_easy_init\nAdded-in: 7.1\n---\n\n# NAME\n\ncurl_easy_init - begin\n",
	"docs/libcurl/curl_mprintf.md":   "---\nTitle: curl_mprintf\nAdded-in: n/a\n---\n\n# NAME\n\ncurl_mprintf,\ncurl_mvprintf - print\n",
}

// edit is a change to one file of a release: from becomes to, everywhere. An empty from replaces the whole file, and
// then an empty to removes it.
type edit struct{ file, from, to string }

// tree writes the release with edits into a folder.
func tree(t *testing.T, edits ...edit) string {
	t.Helper()
	files := maps.Clone(release)
	for _, e := range edits {
		switch {
		case e.from != "":
			if !strings.Contains(files[e.file], e.from) {
				t.Fatalf("%s does not contain %q", e.file, e.from)
			}
			files[e.file] = strings.ReplaceAll(files[e.file], e.from, e.to)
		case e.to != "":
			files[e.file] = e.to
		default:
			delete(files, e.file)
		}
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read imports such a folder.
func read(t *testing.T, edits ...edit) *importer.Facts {
	t.Helper()
	dir := tree(t, edits...)
	f, err := importer.Import(filepath.Join(dir, "include"), filepath.Join(dir, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
