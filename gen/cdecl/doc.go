// Package cdecl reads C declarations without a C compiler and without the machine's headers: modernc.org/cc/v4
// with our own few predefined macros and stand-ins for the system types that libcurl's headers mention.
//
// The importer uses it on a real libcurl release and to write headers/curl.h; the model uses it to read
// headers/curl.h again. What the declarations mean for libcurl does not belong in here.
package cdecl
