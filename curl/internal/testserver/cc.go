package testserver

import (
	"os/exec"
	"runtime"
)

// CC is the C compiler with these arguments, for the machine that the tests
// were built for: 32-bit tests run on 64-bit machines, too.
func CC(args ...string) (*exec.Cmd, error) {
	cc, err := exec.LookPath("cc")
	if err != nil {
		return nil, err
	}
	if runtime.GOARCH == "386" {
		args = append([]string{"-m32"}, args...)
	}
	return exec.Command(cc, args...), nil
}
