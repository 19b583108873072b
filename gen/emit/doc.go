// Package emit turns the description of libcurl's API into files: the Go packages below generated/, their coverage
// table, and the generated part of curl/internal/capi.
//
// Each file is one Output, a pure function of the model; Outputs lists them all. What a file says about one symbol
// comes from the model's tables and never from a special case here: a new fact about an option is a new column, not a
// new branch. Code that does not depend on the tables lives below _verbatim/ as ordinary Go and is copied.
package emit
