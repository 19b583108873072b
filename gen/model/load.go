package model

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

// Load reads the folder headers/. It reports everything that is wrong at once, each problem with the symbol and the
// table to edit, so that following a new release is one round of editing.
func Load(fsys fs.FS) (*API, error) {
	header, err := fs.ReadFile(fsys, "curl.h")
	if err != nil {
		return nil, err
	}
	unit, err := cdecl.Parse(cdecl.Source{Name: "headers/curl.h", Text: string(header)}, nil)
	if err != nil {
		return nil, err
	}
	l := &loader{fsys: fsys, unit: unit, names: map[string]string{}, covered: map[string]bool{}, api: &API{Header: string(header)}}
	l.release()
	l.symbols()
	l.enums() // before whatever takes an enum
	l.codes()
	l.callbacks()
	l.options()
	l.infos()
	l.multiOptions()
	l.shareOptions()
	l.functions()
	l.cover()
	if err := errors.Join(l.problems...); err != nil {
		return nil, err
	}
	return l.api, nil
}

// loader collects the API and what is wrong with its tables.
type loader struct {
	fsys     fs.FS
	unit     *cdecl.Unit
	api      *API
	problems []error
	constant map[string]Symbol // the symbols of the release, by name
	names    map[string]string // Go names in use, with their package, and what uses them
	covered  map[string]bool   // symbols that have a place in the API
}

func (l *loader) problem(format string, args ...any) {
	l.problems = append(l.problems, fmt.Errorf(format, args...))
}

// facts reads an imported table.
func (l *loader) facts(name string, columns ...string) []tsv.Row {
	rows, err := tsv.Read(l.fsys, name, columns...)
	if err != nil {
		l.problem(`headers/%w; "go run ./gen import" writes it`, err)
	}
	return rows
}

// name reserves a Go name of a package.
func (l *loader) name(pkg, name, user string) {
	key := pkg + "." + name
	if !exported(name) {
		l.problem("%s: %q is not an exported Go name", user, name)
	}
	if other, taken := l.names[key]; taken {
		l.problem("%s: the Go name %s is taken by %s: choose another one in one of the two tables", user, key, other)
		return
	}
	l.names[key] = user
}

func exported(name string) bool {
	if name == "" || name[0] < 'A' || name[0] > 'Z' {
		return false
	}
	for _, c := range name {
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// handPath is how messages name a hand table.
func handPath(table string) string { return path.Join("headers/hand", table) }
