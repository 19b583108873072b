package curl_test

//lint:file-ignore SA1019 deprecated options have to work as well

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// ownProcess runs the calling test again in a process of its own, on the same libcurl, with a file as standard input.
// There it returns true; else it returns what that process has written.
func ownProcess(t *testing.T) (there bool, output string) {
	t.Helper()
	const variable = "GOCURL_TEST_OWN_PROCESS"
	if os.Getenv(variable) == t.Name() {
		return true, ""
	}
	if _, err := curl.Version(); err != nil {
		t.Skip("no libcurl to test with: ", err)
	}
	name := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(name, []byte(strings.Repeat("standard input\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.count=1", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), variable+"="+t.Name(), "GORACE=atexit_sleep_ms=0")
	cmd.Stdin = stdin
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("in a process of its own: %v\n%.2000s", err, out)
	}
	return false, string(out)
}

// libcurl's defaults for all of these are C's stdin, stdout and stderr.
func TestStandardFilesAreNeverUsed(t *testing.T) {
	there, output := ownProcess(t)
	if !there {
		output = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(output), "PASS"))
		if output != "" && !strings.HasPrefix(output, "coverage:") {
			t.Errorf("somebody wrote %d bytes: %.300q", len(output), output)
		}
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	perform := func(path string, options ...opt.Option) error {
		h := newHandle(t, append(options, opt.URL(s.URL(path)))...)
		set(t, h, opt.Header(true), opt.Verbose(true), opt.NoProgress(false))
		err := h.Perform(t.Context())
		if err := h.Unset(opt.IDWriteFunction, opt.IDReadFunction, opt.IDDebugFunction, opt.IDXferInfoFunction,
			opt.IDProgressFunction, opt.IDHeaderFunction); err != nil {
			t.Error(err)
		}
		clone, cloneErr := h.Clone()
		if cloneErr != nil {
			t.Fatal(cloneErr)
		}
		defer clone.Close()
		if got := clone.Perform(t.Context()); (got == nil) != (err == nil) {
			t.Errorf("%v, its clone: %v", err, got)
		}
		return err
	}
	if err := perform("/bytes/1000000"); err != nil {
		t.Error(err)
	}
	if err := perform("/bytes/1000000", opt.ProgressFunction(func(_, _, _, _ float64) error { return nil })); err != nil {
		t.Error(err)
	}
	for _, upload := range []opt.Option{opt.Upload(true), opt.Post(true)} {
		if err := perform("/upload", upload, opt.InFileSize(1000), opt.PostFieldSize(1000)); !errors.Is(err, curl.ErrNoSource) {
			t.Errorf("%v without a source: %v", upload, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(strings.Repeat("x", 100_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := newHandle(t, opt.URL("file://"+file)).Perform(t.Context()); err != nil {
		t.Error(err)
	}
	if at, err := os.Stdin.Seek(0, io.SeekCurrent); at != 0 || err != nil {
		t.Errorf("standard input was read up to %d, %v", at, err)
	}
}

// A peer that is gone makes the kernel send SIGPIPE to who writes.
func TestSIGPIPEDoesNotEndTheProcess(t *testing.T) {
	if there, _ := ownProcess(t); !there {
		return
	}
	gone := testserver.Script{testserver.ExpectHead(), testserver.ExpectBytes(1000), testserver.Reset()}
	for range 20 {
		s := testserver.NewScript(t, gone)
		h := newHandle(t, opt.URL("http://"+s.Addr()+"/"), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}))
		if err := h.Input(testserver.NewPatternReader(100 << 20)); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(t.Context()); err == nil {
			t.Error("all was sent to a peer that is gone")
		}
	}
}
