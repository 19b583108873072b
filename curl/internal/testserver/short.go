package testserver

import "testing"

// Fewer is how many of something a test takes: all, and under -short few, which the test's log says.
func Fewer(t testing.TB, all, few int, what string) int {
	t.Helper()
	if !testing.Short() {
		return all
	}
	t.Logf("-short: %d %s instead of %d", few, what, all)
	return few
}

// LeaveOut ends a test under -short, and its log says why.
func LeaveOut(t testing.TB, why string) {
	t.Helper()
	if testing.Short() {
		t.Skipf("-short: left out, %s", why)
	}
}
