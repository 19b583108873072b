package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
)

// side is a running process that does works, in C or in Go.
type side struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startSide runs a program on one processor; a negative one leaves it where the system puts it.
func startSide(cpu int, program string, args ...string) (*side, error) {
	if cpu >= 0 {
		args = append([]string{"-c", strconv.Itoa(cpu), program}, args...)
		program = "taskset"
	}
	s := &side{cmd: exec.Command(program, args...)}
	s.cmd.Stderr = os.Stderr
	var err error
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewReader(out)
	return s, s.cmd.Start()
}

// url is where a server process says it listens.
func (s *side) url(scheme string) (string, error) {
	var port int
	if _, err := fmt.Fscanln(s.out, &port); err != nil {
		return "", fmt.Errorf("%s did not start: %w", s.cmd, err)
	}
	return fmt.Sprint(scheme, "://127.0.0.1:", port), nil
}

// do has the work named done n times.
func (s *side) do(work string, n int) (sample, error) {
	if _, err := fmt.Fprintln(s.in, work, n); err != nil {
		return sample{}, err
	}
	var wall, cpu, allocs float64
	if _, err := fmt.Fscanln(s.out, &wall, &cpu, &allocs); err != nil {
		return sample{}, fmt.Errorf("%s: no answer from %s: %w", work, s.cmd, err)
	}
	ops := float64(n)
	return sample{wall / ops, cpu / ops, allocs / ops}, nil
}

// stop ends the process, which reads the end of its input, or is killed if it reads none.
func (s *side) stop() error {
	s.in.Close()
	err := s.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() {
		return nil
	}
	return err
}
