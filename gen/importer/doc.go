// Package importer takes the facts out of a libcurl release: names, numbers, types, versions. It reads
//
//   - include/curl/*.h, through package cdecl, for constants, options, structs and prototypes;
//   - typecheck-gcc.h for the callback or object type that an option takes;
//   - docs/libcurl/symbols-in-versions for when a constant came, was deprecated and went;
//   - the front matter of docs/libcurl/*.md and docs/libcurl/opts/*.md for functions, protocols and TLS libraries.
//
// It writes them as headers/curl.h and headers/*.tsv. No sentence of libcurl passes through, and no judgement of ours
// enters: that is what the tables in headers/hand/ are for.
package importer
