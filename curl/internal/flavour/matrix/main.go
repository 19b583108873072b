// Command matrix runs the flavour suite on one libcurl after the other, and prints what passed where.
//
//	matrix -library /path/to/libcurl.so.4      on that one
//	matrix -flavours /path/to/flavours.tsv     on all that .ci/flavours made
//	matrix ... -write README.md                and replaces the table in that file
//
// A build with several TLS libraries is tested with each of them. The exit status is 1 when anything failed.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

func main() {
	library := flag.String("library", "", "a libcurl to run the suite on")
	flavours := flag.String("flavours", "", "a list of them, as .ci/flavours writes it")
	readme := flag.String("write", "", "a file whose table is to be replaced")
	beside := flag.Int("beside", 2, "how many to run at a time")
	flag.Parse()
	if err := run(*library, *flavours, *readme, *beside); err != nil {
		fmt.Fprintln(os.Stderr, "matrix:", err)
		os.Exit(1)
	}
}

func run(library, flavours, readme string, beside int) error {
	var all []flavour
	switch {
	case library != "":
		path, err := filepath.Abs(library)
		if err != nil {
			return err
		}
		if _, err := os.Stat(path); err != nil {
			return err
		}
		all = []flavour{{name: filepath.Base(path), library: path}}
	case flavours != "":
		var err error
		if all, err = readFlavours(flavours); err != nil {
			return err
		}
	default:
		return fmt.Errorf("give -library or -flavours")
	}
	suite, err := compile()
	if err != nil {
		return err
	}
	defer suite.remove()

	all = slices.Concat(each(all, flavour.choices)...)
	results := make([]result, len(all))
	var running sync.WaitGroup
	slots := make(chan struct{}, max(1, beside))
	for i, f := range all {
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = suite.run(f)
			fmt.Println(results[i].line())
		})
	}
	running.Wait()

	table := tableOf(results)
	fmt.Printf("\n%s", table)
	failed := 0
	for _, r := range results {
		if r.failed() {
			failed++
			fmt.Printf("\n=== %s: %v\n%s", r.flavour.title(), r.err, passed.ReplaceAllString(r.output, ""))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d failed", failed, len(results))
	}
	if readme == "" {
		return nil
	}
	return replaceTable(readme, table)
}

func each[A, B any](in []A, f func(A) B) (out []B) {
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}
