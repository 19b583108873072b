// Package protocols has no code, only tests: a round trip in each protocol that libcurl speaks, with a server that other
// people wrote. Servers are Debian's, run as child processes of the test on loopback, with all their files in the test's
// folder. PROTOCOLS.md beside package curl is printed from the table of these tests.
//
// A server that is not installed is said to be left out; with GOCURL_REQUIRE_PEERS=1 that is a failure.
package protocols
