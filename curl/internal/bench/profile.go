package main

import (
	"bufio"
	"debug/elf"
	"debug/gosym"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
)

// place is where processor time goes.
type place int

const (
	inKernel place = iota
	inLibcurl
	inLibraries // those that libcurl calls
	inLibc
	inGoItself // the Go runtime and the standard library
	inBinding  // gocurl, its Go and its C
	inProgram  // what the works do themselves; all of the empty binding that is not Go's
	places
)

func (p place) String() string {
	return [places]string{"kernel", "libcurl", "libraries below", "libc", "Go runtime", "gocurl", "the program"}[p]
}

// module is the path under which the Go side finds itself.
const module = "github.com/seed-0edfda58/gocurl/"

// profile is how often a process was found where.
type profile map[int]*[places]int

// sampleRate is how often in a second of processor time perf looks where a process is. The clock of perf is the system's,
// so it also works on virtual machines that have no counters.
const sampleRate = 6000

// recorder is a running perf record.
type recorder struct {
	cmd     *exec.Cmd
	control *os.File // perf reads commands from it
	answers *os.File // and says here that it has done them
	file    string
}

// record begins to look at processes.
func record(dir string, all []*contender) (*recorder, error) {
	perf, err := exec.LookPath("perf")
	if err != nil {
		return nil, fmt.Errorf("%w: -profile needs perf (Debian: linux-perf)", err)
	}
	var pids []string
	for _, c := range all {
		pids = append(pids, strconv.Itoa(c.on.cmd.Process.Pid))
	}
	r := &recorder{file: filepath.Join(dir, "perf.data")}
	commands, control, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer commands.Close()
	answers, answering, err := os.Pipe()
	if err != nil {
		control.Close()
		return nil, err
	}
	r.control, r.answers = control, answers
	r.cmd = exec.Command(perf, "record", "-q", "-D", "-1", "--control", "fd:3,4", "-e", "cpu-clock", "-F", fmt.Sprint(sampleRate),
		"-o", r.file, "-p", strings.Join(pids, ","))
	r.cmd.Stderr = os.Stderr
	r.cmd.ExtraFiles = []*os.File{commands, answering}
	err = r.cmd.Start()
	answering.Close()
	if err != nil {
		r.close()
		return nil, err
	}
	fmt.Fprintln(control, "enable")
	if _, err := bufio.NewReader(answers).ReadString('\n'); err != nil { // it ended
		r.cmd.Wait()
		r.close()
		return nil, fmt.Errorf("perf record does not begin (sysctl kernel.perf_event_paranoid=1 lets it): %w", err)
	}
	return r, nil
}

func (r *recorder) close() {
	r.control.Close()
	r.answers.Close()
}

// stop ends the record and reads it.
func (r *recorder) stop(binaries ...string) (profile, error) {
	defer os.Remove(r.file)
	fmt.Fprintln(r.control, "stop")
	err := r.cmd.Wait()
	r.close()
	if err != nil {
		return nil, fmt.Errorf("perf record: %w", err)
	}
	tables := map[string]*gosym.Table{}
	for _, b := range binaries {
		t, err := goSymbols(b)
		if err != nil {
			return nil, err
		}
		tables[b] = t
	}
	script := exec.Command(r.cmd.Path, "script", "-i", r.file, "-F", "pid,ip,dso")
	script.Stderr = os.Stderr
	out, err := script.StdoutPipe()
	if err == nil {
		err = script.Start()
	}
	if err != nil {
		return nil, err
	}
	p := readSamples(out, tables)
	return p, script.Wait()
}

// goSymbols are the functions that the Go compiler put into a program; its C is not among them.
func goSymbols(binary string) (*gosym.Table, error) {
	f, err := elf.Open(binary)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, text := f.Section(".gopclntab"), f.Section(".text")
	if lines == nil || text == nil {
		return nil, fmt.Errorf("%s has no table of Go's functions", binary)
	}
	data, err := lines.Data()
	if err != nil {
		return nil, err
	}
	begins := text.Addr
	symbols, _ := f.Symbols() // none if it was linked without
	for _, s := range symbols {
		if s.Name == "runtime.text" { // behind some C
			begins = s.Value
		}
	}
	return gosym.NewTable(nil, gosym.NewLineTable(data, begins))
}

// readSamples reads lines "process address (file)".
func readSamples(in io.Reader, tables map[string]*gosym.Table) profile {
	p := profile{}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		at, file, _ := strings.Cut(strings.TrimSuffix(lines.Text(), ")"), "(")
		var pid int
		var address uint64
		if n, _ := fmt.Sscanf(at, "%d %x", &pid, &address); n != 2 {
			continue
		}
		if p[pid] == nil {
			p[pid] = new([places]int)
		}
		p[pid][placeOf(address, file, tables[file])]++
	}
	return p
}

// placeOf says where an address is. Only Go programs have a table.
func placeOf(address uint64, file string, table *gosym.Table) place {
	name := filepath.Base(file)
	switch {
	case strings.HasPrefix(file, "[") && file != "[vdso]":
		return inKernel
	case file == "[vdso]", strings.HasPrefix(name, "libc.so"), strings.HasPrefix(name, "ld-linux"):
		return inLibc
	case strings.HasPrefix(name, "libcurl"):
		return inLibcurl
	case strings.Contains(name, ".so"):
		return inLibraries
	case table == nil:
		return inProgram
	}
	f := table.PCToFunc(address)
	switch {
	case f == nil && name == "empty":
		return inProgram
	case f == nil: // C
		return inBinding
	case strings.HasPrefix(f.Name, "main."):
		return inProgram
	case strings.HasPrefix(f.Name, module):
		return inBinding
	}
	return inGoItself
}

// print shows the processor time of an operation by place: what perf found, scaled to what the system counted.
func (p profile) print(all []*contender) {
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer t.Flush()
	line := func(name string, cell func(*contender) string) {
		fmt.Fprint(t, "  ", name)
		for _, c := range all {
			fmt.Fprint(t, "\t", cell(c))
		}
		fmt.Fprintln(t, "\t")
	}
	line("CPU by place", func(c *contender) string {
		_, side, _ := strings.Cut(c.id(), "side=")
		return side
	})
	for where := range places {
		line(where.String(), func(c *contender) string {
			found, all := p[c.on.cmd.Process.Pid], 0
			if found == nil {
				return "-"
			}
			for _, n := range found {
				all += n
			}
			return nanos(mean(c.all(cpuOf)) * float64(found[where]) / float64(all))
		})
	}
	line("sum", func(c *contender) string { return nanos(mean(c.all(cpuOf))) })
}

func mean(v []float64) (m float64) {
	for _, x := range v {
		m += x / float64(len(v))
	}
	return m
}
