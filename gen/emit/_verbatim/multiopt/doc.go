// Package multiopt holds the options of a multi handle, which drives many transfers at once: one typed constructor for
// each CURLMOPT of libcurl. It is to multi handles what package opt is to transfers, whose documentation explains how
// options behave.
//
// The name of a constructor is libcurl's name in Go's spelling: CURLMOPT_MAX_HOST_CONNECTIONS is
// [MaxHostConnections]. Every comment names the CURLMOPT symbol, so a search of this page for either name finds it;
// [ByName] does the same at run time.
package multiopt
