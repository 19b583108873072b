package emit

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// summaries maps each C symbol to its Go name and the sentence that documents it.
func summaries(api *model.API) map[string][2]string {
	all := map[string][2]string{}
	for _, o := range api.Options {
		all["CURLOPT_"+o.Name] = [2]string{o.Go, o.Summary}
	}
	for _, i := range api.Infos {
		all["CURLINFO_"+i.Name] = [2]string{i.Go, i.Summary}
	}
	for _, o := range api.MultiOptions {
		all["CURLMOPT_"+o.Name] = [2]string{o.Go, o.Summary}
	}
	for _, o := range api.ShareOptions {
		all["CURLSHOPT_"+o.Name] = [2]string{o.Go, o.Summary}
	}
	return all
}

func TestSummariesSayMoreThanTheName(t *testing.T) {
	seen := map[string]string{}
	for symbol, doc := range summaries(load(t)) {
		name, summary := doc[0], doc[1]
		if restates(symbol, name, summary) {
			t.Errorf("%s: %q only restates the name; say what the user gets", symbol, summary)
		}
		key := strings.Join(words(summary), " ")
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s have the same summary: %q", symbol, other, summary)
		}
		seen[key] = symbol
	}
}

func TestRestates(t *testing.T) {
	for _, test := range []struct {
		symbol, name, summary string
		want                  bool
	}{
		{"CURLOPT_FOLLOWLOCATION", "FollowLocation", "Sets the follow location option.", true},
		{"CURLOPT_HTTPHEADER", "HTTPHeader", "The HTTP headers to set.", true},
		{"CURLOPT_CONNECT_TO", "ConnectTo", "Connects to.", true},
		{"CURLINFO_TOTAL_TIME_T", "TotalTime", "The total time.", true},
		{"CURLOPT_FOLLOWLOCATION", "FollowLocation", "Follows redirects of the server, up to MaxRedirs.", false},
	} {
		if got := restates(test.symbol, test.name, test.summary); got != test.want {
			t.Errorf("%q restates %s: %v", test.summary, test.name, got)
		}
	}
}

// filler are words that add nothing to a name.
var filler = strings.Fields("a an the this that of to for from in on with and or is are be it its option value info " +
	"set get use enable give make say tell return control define specify whether which")

var word = regexp.MustCompile(`[A-Za-z0-9]+`)

func words(text string) []string { return word.FindAllString(strings.ToLower(text), -1) }

// stem makes words comparable: headers and header, connects and connect.
func stem(w string) string {
	for _, ending := range []string{"ing", "ed", "s"} {
		if short, ok := strings.CutSuffix(w, ending); ok && len(short) > 2 {
			return strings.TrimSuffix(short, "e")
		}
	}
	return strings.TrimSuffix(w, "e")
}

// restates says whether a summary has fewer than two words that are neither part of the symbol's names nor filler.
func restates(symbol, name, summary string) bool {
	names := strings.ToLower(strings.ReplaceAll(symbol, "_", "") + " " + name)
	own := 0
	for _, w := range words(summary) {
		if !strings.Contains(names, stem(w)) && !slices.ContainsFunc(filler, func(f string) bool { return stem(f) == stem(w) }) {
			own++
		}
	}
	return own < 2
}
