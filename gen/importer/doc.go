// Package importer takes the facts out of a libcurl release: names, numbers, types, versions. It reads
//
//   - include/curl/*.h, through package cdecl, for constants, options, structs and prototypes;
//   - typecheck-gcc.h for the callback or object type that an option takes;
//   - docs/libcurl/symbols-in-versions for when a constant came, was deprecated and went;
//   - the front matter of docs/libcurl/*.md and docs/libcurl/opts/*.md for functions, protocols and TLS libraries.
//
// It writes them as headers/curl.h and headers/*.tsv. No sentence of libcurl passes through, and no judgement of ours
// enters: that is what the tables in headers/hand/ are for.
//
// Two columns of symbols.tsv grow with each import and come from no single release: varies, and removed for symbols
// that libcurl's history does not list. The checked-in tables come from importing 7.74.0, 7.88.1, 8.14.1, 8.21.0,
// 8.22.0 and 8.23.0 in that order. The source of the last was not to be had when it was followed, but the packages of its
// headers and manual pages were: what differs from the pages of 8.22.0 was read there, and symbols-in-versions in
// libcurl-symbols(3), which is made of it.
package importer
