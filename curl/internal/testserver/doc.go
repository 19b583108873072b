// Package testserver holds the loopback peers that tests, benchmarks and the
// demo talk to, and the probes that tell whether a test left anything behind.
//
// Peers:
//
//   - [HTTP]: HTTP/1.1 and HTTP/2, cleartext and TLS with an [Authority] made
//     in memory, with routes for every kind of answer (see http_routes.go)
//   - [ScriptServer]: a TCP peer that follows a scripted conversation, for what
//     no well-behaved server does
//   - [WebSocket]: a peer that agrees to the upgrade, and then to anything
//   - [FTP]: files in memory, passive mode, with a hook on each command
//   - [Proxy] and [SOCKS]: proxies that only ever lead back to loopback
//   - [Blackhole]: an address whose connect never completes
//   - [SilentDNS] and [HangingResolver]: name servers and a getaddrinfo that do
//     not answer
//
// Probes: [CheckGoroutines], [OpenFiles], [Threads], [RSS].
//
// Everything listens on a free port of a loopback address and ends with Close,
// which waits for the peer's goroutines. Nothing sleeps to wait for a
// condition: a peer that has to hold something back does so at a [Gate], which
// also tells the test that the moment has come.
//
// The package is plain Go without cgo and knows nothing of libcurl. What
// belongs to a single test does not belong here, and neither does a peer that
// needs a program or a network from outside.
package testserver
