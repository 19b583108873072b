package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A suite is the compiled test program and the HTTP/3 server that it talks to, in a folder of their own.
type suite struct{ folder, program, server string }

const at = "github.com/seed-0edfda58/gocurl/curl/internal/flavour"

func compile() (suite, error) {
	folder, err := os.MkdirTemp("", "flavour")
	if err != nil {
		return suite{}, err
	}
	s := suite{folder, filepath.Join(folder, "flavour.test"), filepath.Join(folder, "h3")}
	source, err := goTool("list", "-f", "{{.Dir}}", at)
	if err == nil {
		_, err = goTool("test", "-c", "-o", s.program, at)
	}
	if err == nil { // a module of its own
		_, err = goTool("-C", filepath.Join(strings.TrimSpace(source), "h3"), "build", "-o", s.server, ".")
	}
	if err != nil {
		s.remove()
	}
	return s, err
}

func goTool(args ...string) (string, error) {
	out, err := exec.Command("go", args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

func (s suite) remove() { _ = os.RemoveAll(s.folder) }

// run runs the suite on one flavour.
func (s suite) run(f flavour) result {
	program, args := s.program, []string{"-test.v", "-test.count=1", "-test.timeout=2m"}
	if f.loader != "" { // as a program of that flavour's own system
		args = append([]string{"--library-path", filepath.Dir(f.library), program}, args...)
		program = f.loader
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = s.folder
	cmd.Env = append(os.Environ(), "GOCURL_LIBRARY="+f.library, "GOCURL_H3_SERVER="+s.server)
	if f.choice != "" {
		cmd.Env = append(cmd.Env, "CURL_SSL_BACKEND="+f.choice) // libcurl's own way to choose at its start
	}
	start := time.Now()
	out, err := cmd.CombinedOutput()
	r := result{flavour: f, took: time.Since(start), output: string(out), err: err, tests: map[string]string{}}
	for _, m := range verdict.FindAllStringSubmatch(r.output, -1) {
		r.tests[m[2]] = strings.ToLower(m[1])
	}
	for _, m := range lacking.FindAllStringSubmatch(r.output, -1) {
		r.lacks = append(r.lacks, strings.TrimSpace(m[1]))
	}
	return r
}

var (
	verdict = regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): Test(\w+) `)
	passed  = regexp.MustCompile(`(?m)^(=== RUN .*|--- PASS: .*)\n`)
	lacking = regexp.MustCompile(`(?m)^    \w+\.go:\d+: lacks (.*)$`)
)
