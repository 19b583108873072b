// Package flavour holds the flavour suite: what has to work on every build of libcurl, whatever TLS library, resolver
// and release it is made of. It is tests alone, quick enough to run on forty builds; the command matrix runs them all.
//
// What a build lacks is decided by its own lists of features and protocols, or by its own refusal where there is no
// such list, and never passes for a success: the test says "lacks". A refusal counts only from the TLS libraries that
// are known to lack the thing.
package flavour
