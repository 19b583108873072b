// Package protocols holds tests alone: each protocol that libcurl speaks, tried against a server of somebody else's
// making that runs as a child process on loopback.
//
// A peer is started by [daemon], which waits until it listens, and ends with its test. What is tried against it are
// trials; trials that peers have in common, as of those that keep files, are written once (storage_test.go). Every
// trial is entered in curl/PROTOCOLS.md, which says what was run with which server: go test ./curl/internal/protocols
// -update rewrites it.
//
// A peer that is not on the machine is left out and the test says so; where GOCURL_REQUIRE_PEERS=1 it is a failure.
// So is nothing that the libcurl in use does not speak: its builds differ.
//
// Peers that are part of this repository, and what a transfer does beyond the round trip, are tested in package curl.
package protocols
