package cdecl_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
)

func parse(t *testing.T, text string) *cdecl.Unit {
	t.Helper()
	u, err := cdecl.Parse(cdecl.Source{Name: "test.c", Text: text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestFunctions(t *testing.T) {
	type f struct {
		Name, Text, Result string
		Params             []cdecl.Param
		Variadic           bool
	}
	for _, want := range []f{
		{Name: "a", Text: "void a(void)", Result: "void"},
		{Name: "b", Text: "const char *b(const char *s, size_t)", Result: "const char *",
			Params: []cdecl.Param{{Name: "s", C: "const char *"}, {C: "size_t"}}},
		{Name: "c", Text: "struct x **c(struct x *const *list, ...)", Result: "struct x **",
			Params: []cdecl.Param{{Name: "list", C: "struct x *const *"}}, Variadic: true},
		{Name: "d", Text: "int d(struct x extra[], unsigned int n)", Result: "int",
			Params: []cdecl.Param{{Name: "extra", C: "struct x *"}, {Name: "n", C: "unsigned int"}}},
		{Name: "e", Text: "int e(const char *format, va_list args)", Result: "int",
			Params: []cdecl.Param{{Name: "format", C: "const char *"}, {Name: "args", C: "va_list"}}},
	} {
		u := parse(t, "struct x;\n"+strings.ReplaceAll(want.Text, ",", "\n ,  ")+" ;\n")
		if len(u.Functions) != 1 {
			t.Errorf("%s: found %d functions", want.Text, len(u.Functions))
			continue
		}
		got := u.Functions[0]
		if diff := cmp.Diff(want, f{got.Name, got.Text, got.Result, got.Params, got.Variadic}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Text, diff)
		}
	}
}

func TestCallbacks(t *testing.T) {
	u := parse(t, "typedef void  *(*alloc) (size_t size);\ntypedef int plain(int);\ntypedef int number;\n")
	want := []cdecl.Func{
		{Decl: cdecl.Decl{Name: "alloc", Text: "typedef void *(*alloc)(size_t size)"}, Result: "void *", Params: []cdecl.Param{{Name: "size", C: "size_t"}}},
		{Decl: cdecl.Decl{Name: "plain", Text: "typedef int plain(int)"}, Result: "int", Params: []cdecl.Param{{C: "int"}}},
	}
	if diff := cmp.Diff(want, u.Callbacks); diff != "" {
		t.Errorf("callbacks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]cdecl.Decl{{Name: "number", Text: "typedef int number"}}, u.Typedefs); diff != "" {
		t.Errorf("typedefs (-want +got):\n%s", diff)
	}
}

func TestTypes(t *testing.T) {
	u := parse(t, `
struct later;
struct s { int a:1; union { void *p; char c[4]; } u; };
typedef struct { int x; } t;
enum e { A = -1, B, C = B << 4 };
typedef enum { D = 0x7fffffff } f;
enum { G = 4294967295 };
`)
	if diff := cmp.Diff([]cdecl.Decl{{Name: "later", Text: "struct later"}}, u.Opaques); diff != "" {
		t.Errorf("opaque structs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]cdecl.Decl{
		{Name: "s", Text: "struct s {\n\tint a : 1;\n\tunion {\n\t\tvoid *p;\n\t\tchar c[4];\n\t} u;\n}"},
		{Name: "t", Text: "typedef struct {\n\tint x;\n} t"},
	}, u.Structs); diff != "" {
		t.Errorf("structs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]cdecl.Enum{
		{Tag: "e", Values: []cdecl.Constant{{Name: "A", Value: -1}, {Name: "B"}, {Name: "C"}}},
		{Typedef: "f", Values: []cdecl.Constant{{Name: "D", Value: 0x7fffffff}}},
		{Values: []cdecl.Constant{{Name: "G", Value: 0xffffffff}}},
	}, u.Enums); diff != "" {
		t.Errorf("enums (-want +got):\n%s", diff)
	}
	if name := u.Enums[0].Name() + u.Enums[1].Name(); name != "ef" {
		t.Errorf("names of enums are %q", name)
	}
}

func TestConstants(t *testing.T) {
	u := parse(t, `
enum { ONE = 1 };
#define SHIFT (1L << 40)
#define ALL (~0UL)
#define SIZE ((size_t)-1)
#define ALIAS ONE
#define TEXT "no number"
#define EMPTY
#define CALL(x) 1
#define REAL 1.5
`)
	got := map[string]cdecl.Constant{}
	for _, c := range u.Constants {
		c.File = ""
		got[c.Name] = c
	}
	if diff := cmp.Diff(map[string]cdecl.Constant{
		"SHIFT": {Name: "SHIFT", Value: 1 << 40},
		"ALL":   {Name: "ALL", Value: -1},
		"SIZE":  {Name: "SIZE", Value: -1},
		"ALIAS": {Name: "ALIAS", Value: 1, Alias: "ONE"},
	}, got); diff != "" {
		t.Errorf("constants (-want +got):\n%s", diff)
	}
}

func TestNothingOfTheMachineIsRead(t *testing.T) {
	source := cdecl.Source{Name: "test.c", Text: "#include <stdlib.h>\n"}
	for _, files := range []fs.FS{nil, fstest.MapFS{}} {
		if _, err := cdecl.Parse(source, files); err == nil {
			t.Errorf("stdlib.h was found in %#v", files)
		}
	}
	u, err := cdecl.Parse(source, fstest.MapFS{"stdlib.h": {Data: []byte("int ours(void);\n")}})
	if err != nil || len(u.Functions) != 1 || u.Functions[0].Name != "ours" {
		t.Errorf("with our own stdlib.h: %+v, %v", u, err)
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	_, err := cdecl.Parse(cdecl.Source{Name: "test.c", Text: "int a(void);\nint b(;\n"}, nil)
	if err == nil || !strings.Contains(err.Error(), "test.c:2:") {
		t.Errorf("want an error in line 2, got %v", err)
	}
}
