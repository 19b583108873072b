package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

// WriteTo writes the facts into dir, the folder headers/. What an earlier import left there is history that no single
// release tells: which symbols it had, and with which values.
func (f *Facts) WriteTo(dir string) error {
	before, err := readBefore(os.DirFS(dir))
	if err != nil {
		return err
	}
	symbols, err := before.merge(f)
	if err != nil {
		return err
	}
	header, err := f.header()
	if err != nil {
		return err
	}
	files := map[string][]byte{
		"curl.h":           []byte(header),
		"release.tsv":      tsv.Format(ReleaseColumns, [][]string{{"version", f.Version}}),
		"symbols.tsv":      tsv.Format(SymbolColumns, rows(symbols, Symbol.row)),
		"options.tsv":      tsv.Format(OptionColumns, rows(f.Options, Option.row)),
		"aliases.tsv":      tsv.Format(AliasColumns, rows(f.Aliases, Alias.row)),
		"infos.tsv":        tsv.Format(InfoColumns, rows(f.Infos, Info.row)),
		"multioptions.tsv": tsv.Format(HandleOptionColumns, rows(f.MultiOptions, HandleOption.row)),
		"shareoptions.tsv": tsv.Format(HandleOptionColumns, rows(f.ShareOptions, HandleOption.row)),
		"functions.tsv":    tsv.Format(FunctionColumns, rows(f.Functions, Function.row)),
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// The columns of the imported tables.
var (
	ReleaseColumns      = []string{"key", "value"}
	SymbolColumns       = []string{"symbol", "value", "introduced", "deprecated", "removed", "varies"}
	OptionColumns       = []string{"name", "number", "class", "values", "callback", "object", "introduced", "deprecated", "replaced", "protocols", "tls"}
	AliasColumns        = []string{"alias", "target"}
	InfoColumns         = []string{"name", "number", "class", "introduced", "deprecated", "replaced"}
	HandleOptionColumns = []string{"name", "number", "class", "callback", "introduced", "deprecated"}
	FunctionColumns     = []string{"name", "introduced", "deprecated"}
)

func rows[T any](list []T, row func(T) []string) [][]string {
	var table [][]string
	for _, v := range list {
		table = append(table, row(v))
	}
	return table
}

func (s Symbol) row() []string {
	value := ""
	if s.Known {
		value = number(s.Value)
	}
	return []string{s.Name, value, s.Introduced, s.Deprecated, s.Removed, mark(s.Varies, "varies")}
}

func (o Option) row() []string {
	return []string{o.Name, number(o.Number), o.Class, mark(o.Values, "values"), o.Callback, o.Object, o.Introduced, o.Deprecated, o.Replaced,
		strings.Join(o.Protocols, ","), strings.Join(o.TLS, ",")}
}

func (a Alias) row() []string { return []string{a.Name, a.Target} }

func (i Info) row() []string {
	return []string{i.Name, number(i.Number), i.Class, i.Introduced, i.Deprecated, i.Replaced}
}

func (o HandleOption) row() []string {
	return []string{o.Name, number(o.Number), o.Class, o.Callback, o.Introduced, o.Deprecated}
}

func (f Function) row() []string { return []string{f.Name, f.Introduced, f.Deprecated} }

func number(n int64) string { return strconv.FormatInt(n, 10) }

func mark(set bool, word string) string {
	if set {
		return word
	}
	return ""
}

// before is what headers/ held.
type before struct {
	version string // "" for nothing
	symbols []Symbol
}

func readBefore(dir fs.FS) (before, error) {
	var b before
	release, err := tsv.Read(dir, "release.tsv", ReleaseColumns...)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	for _, r := range release {
		if r.Get("key") == "version" {
			b.version = r.Get("value")
		}
	}
	b.symbols, err = ReadSymbols(dir)
	return b, err
}

// ReadSymbols reads symbols.tsv.
func ReadSymbols(dir fs.FS) ([]Symbol, error) {
	table, err := tsv.Read(dir, "symbols.tsv", SymbolColumns...)
	if err != nil {
		return nil, err
	}
	var list []Symbol
	for _, r := range table {
		s := Symbol{
			Name: r.Get("symbol"), Introduced: r.Get("introduced"), Deprecated: r.Get("deprecated"),
			Removed: r.Get("removed"), Varies: r.Get("varies") != "",
		}
		if v := r.Get("value"); v != "" {
			s.Known = true
			if s.Value, err = strconv.ParseInt(v, 10, 64); err != nil {
				return nil, fmt.Errorf("symbols.tsv:%d: %s: %w", r.Line, s.Name, err)
			}
		}
		list = append(list, s)
	}
	return list, nil
}
