// Package load decides which libcurl the process uses: where to look, what to accept, what to say when there is none.
//
// It is pure Go. The few things that need C (opening a library, looking functions up, initialising it) come through
// the Library interface, which curl/internal/capi implements, so that every decision can be tested without libcurl.
// What belongs to a loaded libcurl (its features, its TLS library) is not decided here.
package load
