package model_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

var update = flag.Bool("update", false, "add the symbols that are new to headers/hand/released.txt")

const releasedPath = "../../headers/hand/released.txt"

// bound lists what users can write: each C symbol with its Go name, each function of libcurl that is accounted for.
func bound(api *model.API) []string {
	var list []string
	add := func(symbol, pkg, name string) { list = append(list, symbol+" "+pkg+"."+name) }
	for _, o := range api.Options {
		add("CURLOPT_"+o.Name, "opt", "ID"+o.Go)
		if !hidden(o.Form) {
			add("CURLOPT_"+o.Name, "opt", o.Go)
		}
	}
	for _, a := range api.Aliases {
		list = append(list, "CURLOPT_"+a.Name)
	}
	for _, i := range api.Infos {
		if !hidden(i.Form) {
			add("CURLINFO_"+i.Name, "info", i.Go)
		}
	}
	for _, o := range api.MultiOptions {
		add("CURLMOPT_"+o.Name, "multiopt", "ID"+o.Go)
		if !hidden(o.Form) {
			add("CURLMOPT_"+o.Name, "multiopt", o.Go)
		}
	}
	for _, o := range api.ShareOptions {
		list = append(list, "CURLSHOPT_"+o.Name)
	}
	for _, s := range api.CodeSpaces {
		for _, c := range s.Codes {
			add(c.C, "codes", c.Go)
		}
	}
	for _, e := range api.EnumTypes {
		for _, v := range e.Values {
			symbol := v.C
			if symbol == "" { // a number without a name in C
				symbol = "-"
			}
			add(symbol, e.Pkg, v.Go)
		}
	}
	for _, f := range api.Functions {
		list = append(list, "curl_"+f.Name)
	}
	slices.Sort(list)
	return list
}

func hidden(f model.Form) bool { return f == "owned" || f == "planned" || f == "none" }

// A symbol that was once there stays: programs of users name it.
func TestNoReleasedSymbolIsLost(t *testing.T) {
	data, err := os.ReadFile(releasedPath)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	var released []string
	for line := range strings.Lines(string(data)) {
		released = append(released, strings.TrimSuffix(line, "\n"))
	}
	if !slices.IsSorted(released) {
		t.Error("headers/hand/released.txt is not sorted")
	}
	now := bound(load(t))
	if *update {
		all := slices.Concat(released, now)
		slices.Sort(all)
		released = slices.Compact(all)
		if err := os.WriteFile(releasedPath, []byte(strings.Join(released, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range released {
		if _, found := slices.BinarySearch(now, s); !found {
			t.Errorf("%s is lost: bring it back in the tables of headers/hand; only a name that no release had may go, with its line in headers/hand/released.txt", s)
		}
	}
	for _, s := range now {
		if _, found := slices.BinarySearch(released, s); !found {
			t.Errorf("%s is new: go test ./gen/model -update adds it to headers/hand/released.txt", s)
		}
	}
}
