package importer

import (
	"errors"
	"fmt"
)

// Import reads a release. includeDir is the folder that holds curl/curl.h, docsDir the folder docs of the source
// package, the one that holds libcurl/symbols-in-versions.
func Import(includeDir, docsDir string) (*Facts, error) {
	f, err := ReadHeaders(includeDir)
	if err != nil {
		return nil, err
	}
	docs, err := readDocs(docsDir)
	if err != nil {
		return nil, err
	}
	f.addDocs(docs)
	if _, err := f.header(); err != nil {
		return nil, err
	}
	return f, nil
}

// ReadHeaders takes what the headers alone tell: every number and type, but no history.
func ReadHeaders(includeDir string) (*Facts, error) {
	h, err := openHeaders(includeDir)
	if err != nil {
		return nil, err
	}
	f := &Facts{Unit: h.unit}
	var problems []error
	step := func(err error) { problems = append(problems, err) }
	f.Version, err = h.version()
	step(err)
	f.Symbols = h.symbols()
	f.Options, f.MultiOptions, err = h.options()
	step(err)
	f.Aliases = h.aliases(f.Options)
	f.Infos, err = h.infos()
	step(err)
	f.ShareOptions, err = h.shareOptions()
	step(err)
	f.Functions = h.functions()
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("importing %s: %w", includeDir, err)
	}
	return f, nil
}
