// Package info holds the keys to what libcurl knows about a transfer, one for each CURLINFO of libcurl. A key has the
// Go type of its answer:
//
//	status, err := curl.Info(h, info.ResponseCode) // int
//	total, err := curl.Info(h, info.TotalTime)     // time.Duration
//
// The name of a key is libcurl's name in Go's spelling: CURLINFO_TOTAL_TIME_T is [TotalTime]. Every comment names
// the CURLINFO symbol, so a search of this page for either name finds it; [ByName] does the same at run time. The
// older floating point and long forms of a value are here as well, with a suffix that says so.
//
// When redirects are followed, a time such as [ConnectTime] is the sum over all requests, each counted from its own
// start; [RedirectTime] and [TotalTime] are counted from the start of the first.
//
// Answers are copies: they stay valid when the handle goes on to its next transfer or is closed. The exceptions are
// sockets and TLS pointers, which belong to libcurl; their types say how long they are good for.
package info
