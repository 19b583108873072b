// Package curl runs transfers with libcurl: every protocol, proxy, authentication scheme and TLS library that libcurl
// has, with Go's contexts, readers, errors and goroutines.
//
//	h, err := curl.New(opt.URL("https://example.com"), opt.FollowLocation(true), opt.Timeout(10*time.Second))
//	if err != nil {
//		return err
//	}
//	defer h.Close()
//	body, err := h.Fetch(ctx)
//	if errors.Is(err, codes.OperationTimedOut) { ... }
//	status, err := curl.Info(h, info.ResponseCode)
//
// Options come from package opt, one typed constructor for each CURLOPT; what libcurl knows about a transfer is asked
// for with the typed keys of package info; results are the comparable errors of package codes. A search for either
// name, Go's or libcurl's, finds an option in the documentation of those packages.
//
// # libcurl
//
// libcurl is loaded at run time, when the first handle is made: nothing of it is needed to build, and one binary
// works with every libcurl from 7.61.1 on. [Load] and the environment variable GOCURL_LIBRARY choose another one,
// [Version] describes it. What the running libcurl is too old for is an [UnsupportedError] that names both versions.
//
// # Goroutines
//
// Every method of [Easy] may be called from any goroutine, in any state, also inside the handle's own callbacks. It
// does its work, has it done by the goroutine that runs the transfer, or returns a [StateError]; no call crashes,
// races or waits for somebody else's transfer. Only Perform, Fetch, Open, Send, Recv, what a [WebSocket] does and a Multi's Poll and Wait
// wait for a peer, and those take a context, a nil one of which is an error; so does the Read of a [Body], for which the context
// of its Open counts, and a [Conn] has deadlines. STATES.md beside this package prints the table of all verdicts.
//
// Many transfers need no more than many goroutines, each with an Easy. [Multi] is libcurl's multi interface: for programs
// that are ported from C, or that have an event loop which is to drive the transfers.
//
// However many goroutines wait for transfers, the process has at most some 64 threads, more only with more than a dozen
// processors. A callback that blocks keeps a thread for that long, and delays no other transfer; so does what blocks
// inside libcurl (host names on some builds, TELNET, LDAP). Each transfer takes up to five descriptors beside its files:
// where they run out, the error is syscall.EMFILE and says so.
//
// # Bodies
//
// [Easy.Fetch] returns a body in memory, [Easy.Open] one to read from as it arrives: an io.ReadCloser that runs the
// transfer in the goroutine that reads, holds little in memory, and lets the server wait when nobody reads. [Output]
// writes it to an io.Writer within Perform. A request's body comes from [Easy.Input], which takes an io.Reader and goes back
// to its start for a redirect or a round of authentication when it is an io.Seeker as well.
//
// # Connections and WebSocket
//
// [Dial] returns a connection that libcurl has made, through its proxies and inside its TLS, as a net.Conn for any protocol
// that Go speaks. [DialWebSocket] returns one that whole messages go through. On both, one goroutine reads while another
// one writes, and those who wait cost no thread. Beneath are [Easy.Send] and [Easy.Recv], [Easy.WSSend] and [Easy.WSRecv];
// [Easy.WSMeta] is for WebSocket in the write function.
//
// # Callbacks
//
// A callback runs on the goroutine that called Perform (or Open or Read), with no lock held: it may use its own handle as the table
// says, and other handles freely. Its error ends the transfer and is the cause of Perform's error; its panic is raised
// again by Perform as a [CallbackPanic]. The memory it is given is libcurl's own, valid during the call only. One
// thing cannot be seen from inside: a callback that waits for a goroutine which itself waits for this transfer waits
// until the context ends.
//
// # Engines
//
// An [Engine] runs the transfers of the handles that are attached to it on shared connections, with limits for each host and
// in all. Perform is the same with and without; the goroutines that wait drive libcurl in turn, and what libcurl has to say
// to one handle's callbacks is kept until the goroutine of that handle takes it: at most 256 KiB of body, then the
// sender is slowed down. [Fetch] is the shortest way to use one.
//
// # Shares
//
// A [Share] gives several handles one cache of names, one of TLS sessions, one list of public suffixes; its members run on
// as many goroutines as you like. Cookies, connections and HSTS entries, which libcurl does not lock well enough for that,
// are kinds that only a [ConfinedShare] takes: the transfers of its members overlap, and one at a time is inside libcurl.
//
// # URLs, headers, cookies
//
// A [URL] is an address taken apart and put together by libcurl's own parser; [Easy.SetURL] attaches it to handles, and what the
// parser of net/url sees differently can be compared. [Easy.EachHeader] ranges over the header fields of a whole series of
// responses, [Headers] turns into a header of net/http's. [Easy.Cookies] and [Easy.SetCookies] are the cookie jar as a list of
// net/http's cookies; [HSTSCache] and [Easy.ExportTLSSessions] keep what else one handle has learned for the next.
//
// # TLS
//
// libcurl has one TLS library or several: [Version] says which, what each does about threads, and what it was given for
// that when it was loaded. OpenSSL before 1.1.0 and GnuTLS on an old libgcrypt get the locks they ask a program for, unless
// somebody else has set some. An mbedTLS or wolfSSL that was built without threads, or does not answer, is entered by one
// transfer at a time: all works as ever, on one processor. [ChooseTLS] picks one of several, before anything else is done.
// A libcurl that was built without knowing where the system has its certificates is given them, from SSL_CERT_FILE and
// SSL_CERT_DIR or the usual places. [VersionInfo.Quirks] tells what the running release is known to get wrong.
//
// # Defaults
//
// What a Go process needs is set on every handle: no signals (and no option to turn them on), no use of C's standard
// input, output and error (a body without a destination is counted and dropped, verbose output goes to slog with
// credentials removed), host names in Unicode, and proxy variables (http_proxy, no_proxy and so on) read by Go before each
// transfer: the proxy found for the URL's scheme also serves the redirects from there.
//
// All else is libcurl's own default, which differs from net/http's: redirects are not followed (opt.FollowLocation), there is no
// limit of time but that of the context (opt.Timeout) and five minutes to connect, no compression is asked for
// (opt.AcceptEncoding), no User-Agent is sent, an HTTP status of 400 is no error (opt.FailOnError), and all schemes of libcurl
// are allowed, file: included. Give opt.AllowedProtocols("http,https"), or opt.AllowedProtocolBits before libcurl 7.85.0, where
// a URL comes from elsewhere.
package curl
