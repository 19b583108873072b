// Command demo shows what the library does: many goroutines fetch over HTTPS and HTTP/2 from a server inside this
// process, or the URLs named as arguments from wherever they are, with live progress on a terminal and a closing table
// of what each phase of the transfers took.
//
//	make demo
//	make demo URLS="https://example.com/ ftp://example.org/file"
//
// It reads in this order: main.go says what happens, plan.go what is fetched, fetch.go has the transfers themselves,
// gauge.go, progress.go and screen.go what is seen of them meanwhile, phases.go, table.go and summary.go what is printed
// at the end.
//
// To the library it speaks through the public API only, and stays small enough to be read as the first example of it.
package main
