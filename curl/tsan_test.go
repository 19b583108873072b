package curl

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// ThreadSanitizer, in our C and in libcurl's, finds what two threads do to a share that has no locks; and nothing when it
// has ours. Other tests run under it as they are: .ci/tsan go test.
func TestThreadSanitizerSeesWhatSharesKeep(t *testing.T) {
	library := os.Getenv("GOCURL_TEST_TSAN")
	if library == "" {
		t.Skip("this process is without ThreadSanitizer; .ci/tsan go test -run ThreadSanitizer ./curl")
	}
	over := filepath.Join(t.TempDir(), "libcurl-nolocks.so")
	compileC(t, "-o", over, "testdata/nolocks.c", "-Wl,--no-as-needed", library, "-ldl")
	for file, planted := range map[string]bool{library: false, over: true} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^TestShareFromManyGoroutines$")
		cmd.Env = append(os.Environ(), "GOCURL_LIBRARY="+file, beside(library), "TMPDIR="+t.TempDir())
		out, err := cmd.CombinedOutput()
		found := strings.Contains(string(out), "WARNING: ThreadSanitizer: data race")
		if found != planted || (err != nil) != planted {
			t.Errorf("a lock is missing: %t; found: %t, %v\n%s", planted, found, err, out)
		}
	}
}
