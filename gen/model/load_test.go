package model_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// change is an edit of one file under headers/: from becomes to, once. An empty from appends.
type change struct{ file, from, to string }

// headers copies the real folder headers/, with changes.
func headers(t *testing.T, changes ...change) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("../../headers")
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		text := string(files[c.file].Data)
		switch {
		case c.from == "":
			text += c.to
		case !strings.Contains(text, c.from):
			t.Fatalf("%s does not contain %q", c.file, c.from)
		default:
			text = strings.Replace(text, c.from, c.to, 1)
		}
		files[c.file] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func load(t *testing.T) *model.API {
	t.Helper()
	api, err := model.Load(os.DirFS("../../headers"))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// libcurl only ever adds, so these are the least numbers that a later release can have.
func TestLoadFindsAllOfLibcurl(t *testing.T) {
	api := load(t)
	for what, n := range map[string]struct{ got, least int }{
		"options":       {len(api.Options), 312},
		"aliases":       {len(api.Aliases), 15},
		"infos":         {len(api.Infos), 78},
		"multi options": {len(api.MultiOptions), 21},
		"share options": {len(api.ShareOptions), 5},
		"functions":     {len(api.Functions), 100},
		"symbols":       {len(api.Symbols), 1225 - 32},
	} {
		if n.got < n.least {
			t.Errorf("%d %s, want at least %d", n.got, what, n.least)
		}
	}
	least := map[string]int{"easy": 87, "multi": 14, "share": 6, "url": 33, "header": 8, "proxy": 34}
	for _, space := range api.CodeSpaces {
		if len(space.Codes) < least[space.Space] {
			t.Errorf("%d %s codes, want at least %d", len(space.Codes), space.Space, least[space.Space])
		}
	}
	if api.Release < 0x081700 {
		t.Errorf("headers/ describes libcurl %x, which is older than 8.23.0", api.Release)
	}
}

func TestLoadJoinsFactsAndJudgement(t *testing.T) {
	api := load(t)
	i := slices.IndexFunc(api.Options, func(o model.Option) bool { return o.Name == "BUFFERSIZE" })
	o := api.Options[i]
	if o.Number != 98 || o.Class != model.ClassLong || o.Introduced != 0x070a00 || o.Go != "BufferSize" ||
		o.Min == nil || *o.Min != 1024 || o.Max == nil || *o.Max != 10485760 {
		t.Errorf("BUFFERSIZE is %+v", o)
	}
	i = slices.IndexFunc(api.Functions, func(f model.Function) bool { return f.Name == "easy_setopt" })
	f := api.Functions[i]
	want := []model.Param{{Name: "curl", C: "CURL *"}, {Name: "option", C: "CURLoption"}}
	if f.Result != "CURLcode" || !slices.Equal(f.Params, want) || !f.Variadic || f.Introduced != 0x070100 || !f.Required {
		t.Errorf("easy_setopt is %+v", f)
	}
	i = slices.IndexFunc(api.Callbacks, func(c model.Callback) bool { return c.Option == "CURLOPT_WRITEFUNCTION" })
	c := api.Callbacks[i]
	if c.Typedef != "curl_write_callback" || c.Result != "size_t" || len(c.Params) != 4 || c.Go != "WriteFunc" {
		t.Errorf("the write callback is %+v", c)
	}
	if !slices.IsSortedFunc(api.Options, func(a, b model.Option) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the options are not sorted")
	}
}

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]model.Version{"7.1": 0x070100, "7.61.1": 0x073d01, "8.22.0": 0x081600} {
		if got, ok := model.ParseVersion(text); !ok || got != want {
			t.Errorf("%s is read as %x, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "8", "8.1.2.3", "8.x", "8.-1", "8.300.0"} {
		if v, ok := model.ParseVersion(text); ok {
			t.Errorf("%q is read as %x", text, v)
		}
	}
}

// libcurl corrected the name of this option; it is as old as the name with the mistake.
func TestOptionIsAsOldAsItsOldestName(t *testing.T) {
	for _, o := range load(t).Options {
		if o.Name == "MAIL_RCPT_ALLOWFAILS" && o.Introduced != 0x074500 {
			t.Errorf("%s: since %#x", o.Name, o.Introduced)
		}
	}
}
