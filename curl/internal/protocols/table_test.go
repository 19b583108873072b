package protocols

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
)

const page = "../../PROTOCOLS.md"

var update = flag.Bool("update", false, "rewrite curl/PROTOCOLS.md")

// row is a line of the page: what was tried with a scheme and a server.
type row struct{ scheme, server string }

// tried is what the tests have entered so far.
var tried struct {
	mu     sync.Mutex
	trials map[row][]string
	absent []string // peers that are not on this machine
}

// try runs a trial, unless the libcurl in use does not speak the scheme, and enters it either way: which libcurl runs
// the tests is not what the page is about.
func try(t *testing.T, scheme, server, what string, trial func(t *testing.T)) {
	t.Helper()
	r := row{scheme, server}
	tried.mu.Lock()
	if tried.trials == nil {
		tried.trials = map[row][]string{}
	}
	if !slices.Contains(tried.trials[r], what) {
		tried.trials[r] = append(tried.trials[r], what)
	}
	tried.mu.Unlock()
	t.Run(strings.ReplaceAll(scheme+"/"+what, " ", "_"), func(t *testing.T) {
		if why := lacks(t, scheme); why != "" {
			t.Skip(why)
		}
		trial(t)
	})
}

func version(t *testing.T) curl.VersionInfo {
	t.Helper()
	v, err := curl.Version()
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// lacks says what a libcurl has not that the tests of a protocol need.
func lacks(t *testing.T, protocol string) string {
	t.Helper()
	v := version(t)
	w, ok := ways[protocol]
	if !ok {
		w.scheme = protocol
	}
	switch {
	case !slices.Contains(v.Protocols, w.scheme):
		return fmt.Sprintf("libcurl %s does not speak %s", v.Version, w.scheme)
	case w.feature != "" && !v.Features.Has(w.feature):
		return fmt.Sprintf("libcurl %s has not the feature %s", v.Version, w.feature)
	case v.Num < w.since:
		return fmt.Sprintf("libcurl %s does not know %s", v.Version, protocol)
	}
	return ""
}

// ways are the protocols that have no scheme of their own, but are a way to use another.
var ways = map[string]struct {
	scheme  string
	feature curl.Feature // "": none is needed
	since   uint32
}{
	"HTTP/2":                   {scheme: "https", feature: curl.FeatureHTTP2},
	"HTTP/3":                   {scheme: "https", feature: curl.FeatureHTTP3},
	"HTTP proxy":               {scheme: "http"},
	"HTTPS proxy":              {scheme: "http", feature: curl.FeatureHTTPSProxy},
	"SOCKS4 proxy":             {scheme: "http"},
	"SOCKS4a proxy":            {scheme: "http"},
	"SOCKS5 proxy":             {scheme: "http"},
	"SOCKS5h proxy":            {scheme: "http"},
	"Basic authentication":     {scheme: "http"},
	"Digest authentication":    {scheme: "http"},
	"Bearer authentication":    {scheme: "http"},
	"NTLM authentication":      {scheme: "http", feature: curl.FeatureNTLM},
	"Negotiate authentication": {scheme: "http", feature: curl.FeatureSPNEGO},
	"AWS signatures":           {scheme: "http", since: 0x074b00},
	"ftp with TLS":             {scheme: "ftp", feature: curl.FeatureSSL},
}

// markdown is the page, as the trials have it.
func markdown() string {
	var lines []string
	for r, trials := range tried.trials {
		slices.Sort(trials)
		lines = append(lines, fmt.Sprintf("| %s | %s | %s |\n", r.scheme, r.server, strings.Join(trials, ", ")))
	}
	slices.Sort(lines)
	return "<!-- Written by go test ./curl/internal/protocols -update; DO NOT EDIT. -->\n\n" +
		"# Protocols\n\nWhat the tests run through gocurl, with which server, on loopback. All of it runs in CI, on each libcurl there that\n" +
		"speaks the protocol. Servers without a name of their own are part of the tests.\n\n" +
		"| protocol | server | what is tried |\n|---|---|---|\n" + strings.Join(lines, "")
}

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil { // they wait more than they compute
		panic(err)
	}
	code := m.Run()
	whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == ""
	if code == 0 && whole && !pageHolds() {
		code = 1
	}
	os.Exit(code)
}

// pageHolds compares the page with the trials, or writes it.
func pageHolds() bool {
	if len(tried.absent) > 0 || len(tried.trials) == 0 {
		return true // and said so
	}
	want := markdown()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			fmt.Println(err)
			return false
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != want {
		fmt.Println("curl/PROTOCOLS.md is not what was tried: run go test ./curl/internal/protocols -update and review the diff", err)
		return false
	}
	return true
}
