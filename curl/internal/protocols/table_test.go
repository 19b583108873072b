//go:build linux

package protocols

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// row is one line of PROTOCOLS.md: what is tried with a server.
type row struct {
	what     string   // as the page calls it
	needs    []string // of the running libcurl: schemes, which are in small letters, and features, which are not
	server   string   // "vsftpd"
	programs []string // its executables and modules; without them the row is left out
	root     bool     // it has to be started as root
	tries    []try
}

type try struct {
	what string // as the page calls it
	run  func(t *testing.T)
}

// rows is everything, in the order of the page.
func rows() []row {
	return slices.Concat(httpRows(), authRows(), proxyRows(), ftpRows(), sshRows(), mailRows(), mailboxRows(), mqttRows(), ldapRows(), smbRows(), smallRows(), fileRows(), webSocketRows(), rtspRows())
}

// testName is what a row or try is called in the output of a test.
var testName = strings.NewReplacer(" ", "_", "/", "_", ",", "")

func TestProtocols(t *testing.T) {
	for _, r := range rows() {
		t.Run(testName.Replace(r.what), func(t *testing.T) {
			t.Parallel()
			if !r.there(t) {
				return
			}
			for _, try := range r.tries {
				t.Run(testName.Replace(try.what), try.run)
			}
		})
	}
}

// there says whether the row can be run here, and what is missing.
func (r row) there(t *testing.T) bool {
	t.Helper()
	v, err := curl.Version()
	if err != nil {
		t.Skip("no libcurl: ", err)
	}
	for _, need := range r.needs {
		switch {
		case slices.Contains(v.Protocols, need), slices.Contains(v.Features, curl.Feature(need)):
			continue
		case strings.ToLower(need) == need:
			h := handle(t, opt.URL(need+"://127.0.0.1/"))
			if err := h.Perform(patient(t)); !errors.Is(err, codes.UnsupportedProtocol) {
				t.Errorf("this libcurl does not speak %s, and the error is %v", need, err)
			}
		}
		t.Logf("this libcurl has no %s", need)
		return false
	}
	missing := ""
	for _, p := range r.programs {
		_, err := os.Stat(p)
		if !filepath.IsAbs(p) {
			_, err = exec.LookPath(p)
		}
		if err != nil {
			missing = p
		}
	}
	switch {
	case r.root && os.Getuid() != 0:
		missing = "root"
	case missing == "":
		return true
	}
	if os.Getenv("GOCURL_REQUIRE_PEERS") == "1" {
		t.Fatalf("left out for want of %s", missing)
	}
	t.Skipf("left out for want of %s: bash .ci/peers installs it", missing)
	return false
}

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil { // they wait more than they compute
		panic(err)
	}
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "rewrite the printed page")

const page = "../../PROTOCOLS.md"

func TestPrintedPageIsTheTable(t *testing.T) {
	want := markdown()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("curl/PROTOCOLS.md differs from the table: run go test ./curl/internal/protocols -run Page -update")
	}
}

func markdown() string {
	var b strings.Builder
	b.WriteString("<!-- Written by `go test ./curl/internal/protocols -run Page -update`; do not edit. -->\n\n" +
		"# Which protocols are tried with which server\n\n" +
		"Every line is run in the tests, on loopback, with the server named; nothing stands here that is not. What\n" +
		"takes a server that misbehaves is tried with servers of the project's own in the tests of package curl. The\n" +
		"last column has those of download, upload, listing, resume, cancellation, a wrong password and a server that is\n" +
		"gone half-way that are not tried, and why.\n\n" +
		"| protocol | server | tried | not tried |\n|---|---|---|---|\n")
	for _, r := range rows() {
		var tries []string
		for _, try := range r.tries {
			tries = append(tries, try.what)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.what, r.server, strings.Join(tries, ", "), r.blanks())
	}
	return b.String()
}
