package emit

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// load reads the real description of libcurl's API.
func load(t *testing.T) *model.API {
	t.Helper()
	api, err := model.Load(os.DirFS("../../headers"))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func TestRenderIsDeterministic(t *testing.T) {
	api := load(t)
	first, err := Render(api)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Render(api)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if first[i].Path != second[i].Path || !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s comes out differently the second time", first[i].Path)
		}
	}
}

func TestRefusedGoIsKept(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	_, err := render(Output{"generated/opt/broken.go", func(_ *model.API, w io.Writer) error {
		_, err := io.WriteString(w, "package opt\nfunc {")
		return err
	}}, nil)
	if err == nil {
		t.Fatal("Go that does not parse was accepted")
	}
	named := regexp.MustCompile(`unformatted text in (.*)\)`).FindStringSubmatch(err.Error())
	if named == nil {
		t.Fatalf("the error names no file: %v", err)
	}
	if text, err := os.ReadFile(named[1]); err != nil || !strings.Contains(string(text), "func {") {
		t.Errorf("the file has %q, %v", text, err)
	}
}

func TestEmitterErrorsNameTheFile(t *testing.T) {
	api := &model.API{Options: []model.Option{{Name: "NEW", Go: "New", Form: "hologram", Class: model.ClassLong}}}
	err := setters("hologram")(api, nil)
	if err == nil || !strings.Contains(err.Error(), "CURLOPT_NEW") || !strings.Contains(err.Error(), "options.tsv") {
		t.Errorf("got %v", err)
	}
}

func TestNamesAreDeclaredOnce(t *testing.T) {
	files := []File{
		{"generated/opt/a.go", []byte("package opt\n\ntype Same int\n\nfunc (Same) Method() {}\n\nfunc (Other) Method() {}\n")},
		{"generated/opt/b.go", []byte("package opt\n\ntype Other int\n\nconst _ = 1\n\nvar _ = 2\n")},
		{"generated/info/a.go", []byte("package info\n\ntype Same int\n")},
	}
	if err := checkNames(files); err != nil {
		t.Errorf("nothing is declared twice, but: %v", err)
	}
	files = append(files, File{"generated/opt/c.go", []byte("package opt\n\nfunc Same() {}\n")})
	err := checkNames(files)
	if err == nil || !strings.Contains(err.Error(), "Same is declared in a.go and in c.go") {
		t.Errorf("got %v", err)
	}
}

func TestWriteTouchesOnlyWhatChanged(t *testing.T) {
	root := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		name = filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	generated := func(text string) string { return "// " + marker + "\n\n" + text }
	put("generated/opt/same.go", generated("same"))
	put("generated/opt/old.go", generated("no longer listed"))
	put("generated/gone/gone.go", generated("nothing here is listed"))
	put("generated/opt/mine_test.go", "package opt_test\n")
	put("curl/zold.c", generated("no longer listed"))
	put("curl/hand.c", "// not generated\n")
	put("elsewhere/z.go", generated("no output lives here"))

	changed, err := Write(root, []File{
		{"generated/opt/same.go", []byte(generated("same"))},
		{"generated/opt/new.go", []byte(generated("new"))},
		{"curl/znew.c", []byte(generated("new"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"generated/opt/new.go", "curl/znew.c", "curl/zold.c (removed)", "generated/gone/gone.go (removed)", "generated/opt/old.go (removed)"}
	if !slices.Equal(changed, want) {
		t.Errorf("changed %q, want %q", changed, want)
	}
	for _, kept := range []string{"generated/opt/mine_test.go", "curl/hand.c", "elsewhere/z.go", "generated/opt/new.go"} {
		if _, err := os.Stat(filepath.Join(root, kept)); err != nil {
			t.Error(err)
		}
	}
	for _, gone := range []string{"generated/opt/old.go", "generated/gone/gone.go", "curl/zold.c"} {
		if _, err := os.Stat(filepath.Join(root, gone)); err == nil {
			t.Errorf("%s is still there", gone)
		}
	}
}

func TestStaleWithoutGeneratedFolder(t *testing.T) {
	stale, err := Stale(fstest.MapFS{}, []File{{"generated/opt/a.go", nil}})
	if err != nil || stale != nil {
		t.Errorf("an empty tree has stale files: %q, %v", stale, err)
	}
}
