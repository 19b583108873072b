package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// compile builds the C programs, and the empty binding, into dir.
func compile(dir string) (peer, server, empty string, err error) {
	_, file, _, _ := runtime.Caller(0)
	source := filepath.Join(filepath.Dir(file), "testdata")
	headers := filepath.Join(source, "../../../../headers")
	if _, err := os.Stat(headers); err != nil {
		return "", "", "", errors.New("the C side is compiled from this repository: start with `make bench`, without -trimpath")
	}
	peer, server, empty = filepath.Join(dir, "peer"), filepath.Join(dir, "server"), filepath.Join(dir, "empty")
	if err = cc(source, "-I", headers, "-o", peer, "peer.c", "handles.c", "transfer.c", "loop.c", "many.c", "slow.c", "-ldl"); err == nil {
		err = cc(source, "-o", server, "server.c")
	}
	if err == nil {
		err = build(source, exec.Command("go", "build", "-o", empty, "./empty"))
	}
	return peer, server, empty, err
}

func cc(dir string, args ...string) error {
	name := os.Getenv("CC")
	if name == "" {
		name = "cc"
	}
	return build(dir, exec.Command(name, append([]string{"-O2", "-Wall", "-Wextra", "-Werror"}, args...)...))
}

func build(dir string, cmd *exec.Cmd) error {
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return nil
}
