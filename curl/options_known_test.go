package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// classes of our table as libcurl's has them.
var typesOf = map[opt.Class][]curl.OptionType{
	opt.ClassLong:     {curl.OptionLong, curl.OptionValues},
	opt.ClassOff:      {curl.OptionOffset},
	opt.ClassString:   {curl.OptionString},
	opt.ClassList:     {curl.OptionList},
	opt.ClassBlob:     {curl.OptionBlob},
	opt.ClassFunction: {curl.OptionFunction},
	opt.ClassBytes:    {curl.OptionObject, curl.OptionString},
	opt.ClassObject:   {curl.OptionObject, curl.OptionArgument},
	opt.ClassData:     {curl.OptionArgument},
}

// libcurl's own table and ours agree about every option that both know.
func TestKnownOptionsAreOurs(t *testing.T) {
	t.Parallel()
	all, err := curl.KnownOptions()
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if olderThan(t, 0x074900) {
		var e *curl.UnsupportedError
		if !errors.As(err, &e) || e.Need != "7.73.0" {
			t.Errorf("%v, want an UnsupportedError", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	n, aliases, ours := 0, 0, 0
	for o := range all {
		n++
		if o.Alias {
			aliases++
		}
		byName, err := curl.OptionByName(o.Name)
		if err != nil || byName != o {
			t.Errorf("%v: by name %v, %v", o, byName, err)
		}
		byID, err := curl.OptionByID(o.ID)
		if err != nil || byID.ID != o.ID || byID.Alias {
			t.Errorf("%v: by number %v, %v", o, byID, err)
		}
		m, known := opt.ByName(o.Name)
		if !known {
			if !olderThan(t, 0x081700) {
				continue // newer than our table
			}
			t.Errorf("%v is unknown to us", o)
			continue
		}
		ours++
		fits := false
		for _, typ := range typesOf[m.Class] {
			fits = fits || typ == o.Type
		}
		if m.ID != o.ID || !fits {
			t.Errorf("%v: ours is %v of class %v", o, m.ID, m.Class)
		}
	}
	if n < 250 || aliases < 5 || ours < 250 {
		t.Errorf("%d options, %d old names, %d of them ours", n, aliases, ours)
	}
}

func TestOptionLookups(t *testing.T) {
	t.Parallel()
	o, err := curl.OptionByName("url")
	if errors.Is(err, curl.ErrNoCgo) || errors.Is(err, curl.ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil || o != (curl.KnownOption{ID: opt.IDURL, Name: "CURLOPT_URL", Type: curl.OptionString}) || o.Type.String() != "string" {
		t.Error(o, err)
	}
	if o, err := curl.OptionByName("curlopt_httpheader"); err != nil || o.ID != opt.IDHTTPHeader || o.Type != curl.OptionList {
		t.Error(o, err)
	}
	if o, err := curl.OptionByName("FILE"); err != nil || !o.Alias || o.Type != curl.OptionArgument {
		t.Error(o, err)
	}
	for _, name := range []string{"", "CURLOPT_", "NOTHING", "URL\x00"} {
		if o, err := curl.OptionByName(name); !errors.Is(err, curl.ErrNoOption) {
			t.Errorf("%q: %v, %v", name, o, err)
		}
	}
	for _, id := range []opt.ID{0, -1, 9999, 1 << 30} {
		if o, err := curl.OptionByID(id); !errors.Is(err, curl.ErrNoOption) {
			t.Errorf("%d: %v, %v", id, o, err)
		}
	}
	if s := curl.OptionType(77).String(); s != "OptionType(77)" {
		t.Error(s)
	}
}
