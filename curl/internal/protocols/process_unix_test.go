//go:build unix

package protocols

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// endWithParent makes the server the head of a process group, so that its children end with it.
func endWithParent(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
}

// killAll ends the server's group, and those of its children that have left it, as those of sshd do for each connection.
func killAll(cmd *exec.Cmd) {
	for _, pid := range append(descendants(cmd.Process.Pid), -cmd.Process.Pid) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone already
	}
}

// descendants are the processes below one, where the system shows them.
func descendants(pid int) (all []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	children := map[int][]int{}
	for _, name := range stats {
		text, _ := os.ReadFile(name)
		// The name, in parentheses, may be anything; after it come the state and the parent.
		if fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])); len(fields) > 1 {
			child, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], child)
		}
	}
	for next := []int{pid}; len(next) > 0; {
		next, all = append(children[next[0]], next[1:]...), append(all, children[next[0]]...)
	}
	return all
}
