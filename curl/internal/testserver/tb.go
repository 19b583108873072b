package testserver

// TB is the part of [testing.TB] that the peers use. It is spelled out here so
// that a program which embeds a peer does not link package testing.
type TB interface {
	Helper()
	Name() string
	TempDir() string
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Skipf(format string, args ...any)
}
