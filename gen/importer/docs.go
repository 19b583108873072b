package importer

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// docs is what the documentation of a release knows beside its sentences.
type docs struct {
	history map[string]history
	pages   map[string]page // by the name a page describes
}

// history is one line of symbols-in-versions.
type history struct{ introduced, deprecated, last string }

// page is the front matter of one manual page. Releases before 8.6 have pages without any; they add nothing.
type page struct {
	addedIn   string
	argument  string // C type of a share option's argument
	protocols []string
	tls       []string
}

func readDocs(dir string) (*docs, error) {
	d := &docs{pages: map[string]page{}}
	var err error
	if d.history, err = readHistory(filepath.Join(dir, "libcurl", "symbols-in-versions")); err != nil {
		return nil, fmt.Errorf("%w; name the folder docs of a release's source package", err)
	}
	for _, pattern := range []string{"libcurl/curl_*.md", "libcurl/opts/*.md"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			d.addPage(string(data))
		}
	}
	return d, nil
}

// historyLine is a symbol and up to three versions, "-" for none. What precedes the table is prose.
var historyLine = regexp.MustCompile(`^(\w+)\s+(\d[\d.]*)(?:\s+(-|\d[\d.]*))?(?:\s+(\d[\d.]*))?\s*$`)

func readHistory(path string) (map[string]history, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	table := map[string]history{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		m := historyLine.FindStringSubmatch(line)
		if m == nil {
			if len(table) > 0 && strings.TrimSpace(line) != "" {
				return nil, fmt.Errorf("%s: a line is not name and versions: %q", path, line)
			}
			continue
		}
		table[m[1]] = history{m[2], strings.TrimPrefix(m[3], "-"), m[4]}
	}
	if len(table) == 0 {
		return nil, fmt.Errorf("%s lists no symbol", path)
	}
	return table, lines.Err()
}

// shareArgument finds the type in a synopsis, the only place that tells it for curl_share_setopt.
var shareArgument = regexp.MustCompile(`\bCURLSHOPT_\w+,\s*(int|long|void \*)\s*\w+\)`)

// addPage reads "key: value" lines and "  - item" lists between the two lines of dashes, and the names before the
// dash of the section NAME: the ten printf functions share one page.
func (d *docs) addPage(text string) {
	_, rest, _ := strings.Cut(text, "---\n")
	front, body, ok := strings.Cut(rest, "\n---\n")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return
	}
	var p page
	key := ""
	for line := range strings.Lines(front) {
		item, isItem := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if !isItem {
			key, item, _ = strings.Cut(strings.TrimSpace(line), ":")
			item = strings.TrimSpace(item)
		}
		switch {
		case item == "":
		case key == "Added-in" && item[0] >= '0' && item[0] <= '9': // "n/a" exists
			p.addedIn = item
		case key == "Protocol":
			p.protocols = append(p.protocols, item)
		case key == "TLS-backend":
			p.tls = append(p.tls, item)
		}
	}
	slices.Sort(p.protocols)
	slices.Sort(p.tls)
	if m := shareArgument.FindStringSubmatch(body); m != nil {
		p.argument = m[1]
	}
	_, body, _ = strings.Cut(body, "# NAME\n")
	names, _, _ := strings.Cut(body, " - ")
	for name := range strings.SplitSeq(names, ",") {
		d.pages[strings.TrimSpace(name)] = p
	}
}
