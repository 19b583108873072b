// Package opt holds the options of a transfer, one typed constructor for each CURLOPT of libcurl.
//
//	h, err := curl.New(opt.URL("https://example.com"), opt.FollowLocation(true), opt.Timeout(10*time.Second))
//	err = h.Set(opt.HTTPHeader([]string{"Accept: text/html"}), opt.SSLVerifyPeer(true))
//
// # Finding an option
//
// The name of a constructor is libcurl's name in Go's spelling: CURLOPT_CONNECT_TO is [ConnectTo]. Every comment
// names the CURLOPT symbol, so a search of this page for either name finds it, as does
//
//	go doc -all github.com/seed-0edfda58/gocurl/generated/opt | grep -B3 -A9 CONNECT_TO
//
// [ByName] does the same at run time, also for the old names that libcurl keeps as aliases. The table of everything is generated/COVERAGE.md.
//
// # Values
//
// An [Option] is inert: making one touches no handle and no libcurl, it may be kept, copied, passed to any number of
// handles and used from any goroutine. Slices given to a constructor are not copied until the option is set; leave
// them alone until then.
//
// Durations are rounded up to the unit that libcurl takes. A value that libcurl could not take (a negative duration, a
// number out of range) makes an option that carries a [*ValueError]; Set returns it before it applies anything.
// A nil function, an empty list and a nil blob put libcurl's default back, as Unset of the handle does for
// every option.
//
// # Callbacks
//
// A callback is a Go function without user data: closures carry state. An error that it returns ends the transfer and
// is the cause of the transfer's error, so errors.Is finds it; [ErrPause] pauses instead where libcurl can. Memory
// that a callback is given belongs to libcurl and is valid during the call only.
//
// # What is not here
//
// The options that the runtime itself owns (the user data pointers of callbacks, the error buffer, the private
// pointer, signals) have an [ID] and a [Meta] row that says who owns them, and no constructor. Package curl interprets
// options; nothing in here does.
package opt
