package main

import (
	"os"
	"runtime"
	"testing"
)

func TestWatchRemembersThreadsThatEnded(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc")
	}
	seen := map[string]bool{"0": true} // no thread has this number: one that ended
	stop := make(chan struct{})
	close(stop)
	use, err := watch(os.Getpid(), seen, stop)
	if err != nil {
		t.Fatal(err)
	}
	if tasks, _ := os.ReadDir("/proc/self/task"); use.threads < 2 || use.threads > len(tasks)+1 {
		t.Errorf("%d threads seen, %d are there now", use.threads, len(tasks))
	}
	if use.mebibytes < 1 {
		t.Errorf("the peak is %v MiB", use.mebibytes)
	}
}
