package curl

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// libcurl's own tracking of memory, in a debug build of it, sees all come back that random calls have it take. That is more
// than a leak checker knows, to which what is still referred to is not lost.
func TestLibcurlLosesNoMemory(t *testing.T) {
	skipIfLinked(t)
	if sanitized || testing.Short() || os.Getenv("GOCURL_LIBRARY") != "" {
		t.Skip("-short: the debug build of libcurl that this is about is another one; once is enough")
	}
	// One that goes on where it is not as it thought, as releases do: 8.22.0 loses count of its sockets now and then when
	// the system gives their numbers to others, and ends the process when a failed call in a debug function enters that.
	debug := ""
	for _, f := range flavours(t) {
		if strings.HasSuffix(f.name, "-memory") {
			debug = f.library
		}
	}
	if debug == "" && os.Getenv("GOCURL_REQUIRE_MEMORY") != "" {
		t.Fatal("no flavour that tracks its memory is there; make flavours")
	}
	if debug == "" {
		t.Skip("no flavour that tracks its memory is there; make flavours")
	}
	t.Parallel()
	library := filepath.Join(t.TempDir(), "libcurl-memory.so")
	compileC(t, "-o", library, "testdata/memory.c", "-Wl,--no-as-needed", debug, "-ldl")
	// How much is taken in a time is up to the machine, so random calls are made until it was enough.
	for taken := 0; taken < 10_000; {
		lost, n, out := randomCallsIn(t, library, debug)
		if taken += n; len(lost) > 0 {
			t.Fatalf("lost by\n\t%s\n%s", strings.Join(lost, "\n\t"), out)
		}
		if n == 0 {
			t.Fatalf("no memory was taken, or libcurl does not track it\n%s", out)
		}
		t.Logf("memory was taken %d times", taken)
	}
	if lost, _, out := randomCallsIn(t, library, debug, "GOCURL_TEST_LOSE=1", "GOCURL_STRESS=200ms"); len(lost) == 0 {
		t.Errorf("a handle that was never ended is not missed\n%s", out)
	}
}

// randomCallsIn runs TestRandomCalls in a process of its own with a libcurl that tracks its memory, and says what was lost, how often
// memory was taken and what the process printed.
func randomCallsIn(t *testing.T, library, debug string, environment ...string) (lost []string, taken int, out []byte) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "memory.log")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.count=1", "-test.run=^TestRandomCalls$")
	cmd.Env = slices.Concat(os.Environ(), []string{"GOCURL_LIBRARY=" + library, "GOCURL_TEST_MEMORY=" + log, beside(debug)}, environment)
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 42 {
		t.Fatalf("%v\n%s", err, out)
	}
	lost, taken = lostIn(t, log)
	return lost, taken, out
}

// EndMemory has TestRandomCalls end when it is watched so: it ends all that gocurl keeps for later, libcurl and the process.
func EndMemory(t *testing.T) {
	if os.Getenv("GOCURL_TEST_MEMORY") == "" || t.Failed() {
		return
	}
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for s, ok := spares.take(); ok; s, ok = spares.take() {
		s.guard.end()
		s.cell.Free()
	}
	for busy := true; busy; time.Sleep(time.Millisecond) { // what was dropped is freed by and by
		reaper.mu.Lock()
		busy = reaper.workers > 0
		reaper.mu.Unlock()
	}
	_, err = e.Call("gocurl_test_end", os.Getenv("GOCURL_TEST_LOSE") != "")
	t.Fatal("still here: ", err)
}

// lostIn reads a log of libcurl's and says what was taken and not given back, and at which line of libcurl; or given back
// and not taken.
func lostIn(t *testing.T, log string) (lost []string, taken int) {
	t.Helper()
	file, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m := memoryLog{has: map[string]string{}, odd: map[string]int{}}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		m.read(lines.Text())
	}
	for _, at := range m.has {
		m.odd[at+" took it and nobody gave it back"]++
	}
	for what, n := range m.odd {
		lost = append(lost, fmt.Sprintf("%s: %d times", what, n))
	}
	slices.Sort(lost)
	return lost, m.taken
}

// memoryLog is what the lines of a log amount to.
type memoryLog struct {
	has   map[string]string // where each piece that is in use was taken, by its address
	taken int
	odd   map[string]int // what should not be, and how often
}

// read reads a line: "MEM url.c:12 malloc(34) = 0x56", also calloc and strdup; "MEM url.c:12 realloc(0x56, 78) = 0x9a", with (nil) for a
// piece that is new; "MEM url.c:12 free(0x9a)". Others are about descriptors and files.
func (m *memoryLog) read(line string) {
	what, ok := strings.CutPrefix(line, "MEM ")
	if !ok {
		return
	}
	at, call, _ := strings.Cut(what, " ")
	name, arguments, _ := strings.Cut(call, "(")
	_, result, takes := strings.Cut(call, " = ")
	if name == "free" || name == "realloc" {
		m.gives(at, arguments[:strings.IndexAny(arguments+",", ",)")])
	}
	if takes && result != "(nil)" && result != "0x0" {
		m.taken++
		m.has[result] = at
	}
}

func (m *memoryLog) gives(at, address string) {
	if !strings.HasPrefix(address, "0x") { // (nil)
		return
	}
	if _, ok := m.has[address]; !ok {
		m.odd[at+" gave back what nobody has taken"]++
	}
	delete(m.has, address)
}

func TestAMemoryLogIsRead(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	text := `MEM a.c:1 malloc(10) = 0x10
MEM a.c:2 calloc(2,5) = 0x20
FD a.c:3 socket() = 7
MEM a.c:4 strdup(0x7f) (5) = 0x30
MEM a.c:5 realloc(0x10, 20) = 0x40
MEM a.c:6 realloc((nil), 20) = 0x10
MEM a.c:7 free(0x40)
MEM a.c:8 free(0x20)
MEM a.c:9 free(0x20)
MEM a.c:10 free((nil))
MEM a.c:11 malloc(10) = (nil)
`
	if err := os.WriteFile(log, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{
		"a.c:4 took it and nobody gave it back: 1 times": true, "a.c:6 took it and nobody gave it back: 1 times": true,
		"a.c:9 gave back what nobody has taken: 1 times": true,
	}
	lost, taken := lostIn(t, log)
	got := map[string]bool{}
	for _, l := range lost {
		got[l] = true
	}
	if !maps.Equal(got, want) || taken != 5 {
		t.Errorf("%d times, %q", taken, lost)
	}
}
