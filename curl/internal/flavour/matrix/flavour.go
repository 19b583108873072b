package main

import (
	"fmt"
	"os"
	"strings"
)

// A flavour is a build of libcurl to run the suite on.
type flavour struct {
	name, version string
	library       string // the file
	loader        string // the program loader that starts a program with this flavour's own C library; usually ""
	tls           string // what libcurl says of its TLS libraries, with _ for blanks
	choice        string // which of several is to be used; "" where there is no choice
}

// readFlavours reads the list that .ci/flavours writes, less those that only certain programs can load.
func readFlavours(path string) (all []flavour, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("%s: %q has %d fields, not 6", path, line, len(f))
		}
		if f[4] == "own" {
			continue
		}
		all = append(all, flavour{name: f[0], version: f[1], library: f[2], loader: strings.TrimPrefix(f[3], "-"), tls: f[5]})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s is empty", path)
	}
	return all, nil
}

// choices are one flavour for each TLS library that a build has.
func (f flavour) choices() (all []flavour) {
	names := strings.FieldsFunc(f.tls, func(r rune) bool { return strings.ContainsRune("()_", r) })
	if !strings.Contains(f.tls, "(") {
		return []flavour{f}
	}
	for _, name := range names {
		one := f
		one.tls = name
		name, _, _ = strings.Cut(name, "/")
		one.choice = strings.ToLower(name)
		all = append(all, one)
	}
	return all
}

// title is what the flavour is called in the table.
func (f flavour) title() string {
	if f.choice == "" {
		return f.name
	}
	return f.name + ", " + f.choice
}
