// Command gen writes everything that this module derives from libcurl's API.
//
//	go run ./gen                                generate: headers/ -> generated/ and curl/internal/capi
//	go run ./gen import -include DIR -docs DIR  follow a libcurl release: its headers and documents -> headers/
//
// Both run in the root of the module. Generating reads headers/ only and needs neither a C compiler nor a network.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/seed-0edfda58/gocurl/gen/emit"
	"github.com/seed-0edfda58/gocurl/gen/importer"
	"github.com/seed-0edfda58/gocurl/gen/model"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 0:
		return generate()
	case args[0] == "import":
		return importRelease(args[1:])
	}
	return fmt.Errorf("%q is no command; run gen without arguments, or gen import -include DIR -docs DIR", args[0])
}

func generate() error {
	api, err := model.Load(os.DirFS("headers"))
	if err != nil {
		return err
	}
	files, err := emit.Render(api)
	if err != nil {
		return err
	}
	changed, err := emit.Write(".", files)
	for _, name := range changed {
		fmt.Println(name)
	}
	return err
}

func importRelease(args []string) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	include := flags.String("include", "", "the folder include of a libcurl release, which holds curl/curl.h")
	docs := flags.String("docs", "", "the folder docs of a libcurl release, which holds libcurl/symbols-in-versions")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *include == "" || *docs == "" || flags.NArg() > 0 {
		return errors.New("import needs both folders of a libcurl release: -include DIR -docs DIR")
	}
	facts, err := importer.Import(*include, *docs)
	if err != nil {
		return err
	}
	return facts.WriteTo("headers")
}
