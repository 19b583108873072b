package curl

import (
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/load"
)

// Quirk is something that some releases of libcurl do differently from their manual, or worse than others, and that a
// program can notice, or would if gocurl did nothing about it.
type Quirk struct {
	First, Last string // releases: "8.11.0", "8.15.0", "8.15.x" for all of them; "" for since ever, or until today
	What        string // what libcurl does
	Done        string // what gocurl does about it
}

// Quirks are those of the release in use. They go by its number: a distribution may have mended one.
func (v VersionInfo) Quirks() (list []Quirk) {
	for _, q := range quirks {
		if q.of(v.Num) {
			list = append(list, Quirk{release(q.first), release(q.last), q.what, q.done})
		}
	}
	return list
}

type quirk struct {
	id          quirkID
	first, last uint32 // inclusive; 0: since ever, until today
	what, done  string
}

func (q quirk) of(version uint32) bool {
	return version >= q.first && (q.last == 0 || version <= q.last)
}

func release(num uint32) string {
	if num == 0 {
		return ""
	}
	text := load.Version(num).String()
	if num&patches == patches {
		return text[:strings.LastIndexByte(text, '.')] + ".x"
	}
	return text
}

// has says whether a release has the quirk, in any of its rows.
func (id quirkID) has(version uint32) bool {
	for _, q := range quirks {
		if q.id == id && q.of(version) {
			return true
		}
	}
	return false
}

// here says whether the libcurl in use has it.
func (id quirkID) here() bool { return id.has(capi.VersionNum()) }

type quirkID uint8

const (
	toldOnly quirkID = iota // nothing depends on the release
	quirkEvents
	quirkErrno
	quirkSessions
	quirkTrailers
	quirkKin
	quirkBuffers
	quirkTunnels
	quirkBlobs
	quirkHSTS
	quirkIdle
)

const patches = 0xff // any patch level

// quirks is the one list of them. What code depends on has an id, what it always does has none.
var quirks = []quirk{
	{toldOnly, 0x080b00, 0x080f00, "cookies of a share are read after their lock was let go: threads crash, whatever locks they bring",
		"cookies are shared by a ConfinedShare alone, whose members are inside libcurl one at a time"},
	{toldOnly, 0, 0, "connections of a share cannot be used by several threads, whatever locks they bring",
		"connections are shared by a ConfinedShare or an Engine alone, on one driver"},
	{quirkEvents, 0x080900, 0x080900, "curl_multi_socket_action announces sockets that it never takes back, and the processor spins",
		"transfers are driven by polling"},
	{quirkEvents, 0x080e00, 0x080e00, "more than some 400 handles in curl_multi_socket_action end in an out of memory error",
		"transfers are driven by polling"},
	{quirkEvents, 0x081500, 0x081500, "in curl_multi_socket_action connections in a TLS shutdown never get on, and stay in CLOSE_WAIT",
		"transfers are driven by polling"},
	{toldOnly, 0x080f00, 0, "in curl_multi_socket_action, an HTTP/2 stream that ends or pauses keeps from others what OpenSSL has read for them",
		"an Engine gives the others a turn, and so does Multi.Perform; Multi.SocketAction does what libcurl does"},
	{toldOnly, 0, 0x0816ff, "in curl_multi_socket_action, timeouts do not act while a transfer waits for others to leave it a connection",
		"an Engine ends it when opt.Timeout is over; opt.ConnectTimeout begins with the connection"},
	{toldOnly, 0x075800, 0x0758ff, "FTP waits for nothing, up to a second, when the server answers EPSV at once", "the transfer is given a turn"},
	{toldOnly, 0x080e00, 0x080f00 | patches, "transfers that wait for a connection are all woken when one is free: hundreds behind a few connections are slow",
		"nothing; give an Engine more connections for each host"},
	{toldOnly, 0, 0x0756ff, "a transfer that ends while its name is resolved waits for the resolver's thread",
		"Perform returns at once, and the C handle is left behind until the resolver has come back"},
	{toldOnly, quickExitEasy, poolsLookups - 1, "each name is looked up in a thread of its own, which is left to itself when its transfer ends before",
		"on Linux a transfer waits, as in a callback, while 64 of them are at work; those of an Engine or a Multi never wait, but count"},
	{toldOnly, 0, 0x0815ff, "curl_easy_cleanup and curl_easy_reset inside a callback of the handle crash",
		"Close and Reset wait for the end of the callback"},
	{toldOnly, 0, 0, "a TELNET transfer stays inside one call until its session ends",
		"it is stopped where it asks for what is typed, every 100 ms; what a Body reads comes when the session has ended"},
	{toldOnly, 0, 0, "a TELNET transfer loses what comes while it is paused", "pausing its receiving is an error"},
	{toldOnly, 0, 0, "a TLS handshake of FTP, on either connection, stays inside one call while the server says nothing, up to CURLOPT_CONNECTTIMEOUT",
		"Perform returns soon, and the C handle is left behind until the call has come back; nothing gets through in a Multi or ConfinedShare, and where TLS takes one transfer at a time all others wait"},
	{toldOnly, 0, 0, "a transfer of SMTP or IMAP that is taken out in the middle waits, up to two minutes, for an answer of the server, and before 8.7.0 concludes the mail that it was sending",
		"it neither waits nor concludes: half a mail is not delivered"},
	{toldOnly, 0, 0, "an FTP transfer waits inside one call for the answer after the data, up to a minute, and one that closes its connection of FTP, SMTP, POP3 or IMAP for the answer to its goodbye, up to two minutes in 7.x, whatever its timeouts are",
		"a context, Cancel and the progress function get through within two seconds"},
	{toldOnly, 0, 0, "closing a handle waits for the answers to its connections' goodbyes, up to two minutes each in 7.x, a second in 8.14.1",
		"on Linux Close does not wait for them"},
	{toldOnly, 0, 0x074cff, "an SFTP or SCP transfer that a callback or Cancel has ended stays inside one call while its server says nothing, whatever its timeouts are",
		"nothing; later releases stay for a second"},
	{toldOnly, 0, 0, "an LDAP connection's socket is closed by OpenLDAP, then read (since 8.10.0) and closed by libcurl, which may be what another thread has just opened",
		"OpenLDAP is given a descriptor of its own to close"},
	{toldOnly, 0, 0x081300 | patches, "an RTMP transfer stays inside one call while its server says nothing, whatever its timeouts are",
		"Perform returns soon, and the C handle is left behind until the call has come back; in a Multi or ConfinedShare nothing gets through"},
	{toldOnly, 0, 0x0807ff, "a FILE transfer of a folder has no content, and ends well", "nothing; os.ReadDir lists it"},
	{toldOnly, 0, 0, "a FILE transfer of a named pipe stays inside one call while nobody writes to it, whatever its timeouts are",
		"nothing: neither Cancel nor a context gets through"},
	{toldOnly, 0, 0, "without CURLOPT_NOSIGNAL handlers of signals are changed around every call, for the whole process",
		"CURLOPT_NOSIGNAL is always on"},
	{toldOnly, 0, 0x080aff, "curl_ws_send and curl_ws_recv are there although WebSocket may not be",
		"what is supported goes by VersionInfo.Protocols and Features, never by a function's presence"},
	{toldOnly, 0x075400, 0x0800ff, "a response whose first header is folded, as if it continued another one, has a handle that was used before write to memory that it has freed",
		"it is a header as any other, as with later releases"},
	{toldOnly, 0, 0x0753ff, "curl_global_init must not run in two threads at once, as in later builds without FeatureThreadSafe",
		"it runs once, under a lock"},
	{toldOnly, 0, 0x0806ff, "what a paused HTTP/2 transfer has received stays in its handle when it ends while others use its connection, and gets " +
		"into a later body", "it is dropped; after one that failed the handle goes on with another C handle"},
	{toldOnly, 0, 0, "an HTTP/2 server that sends frame after frame, or a proxy whose refusal has no end, is listened to in one step",
		"the transfer ends with its context, on an Engine after a second (ErrHoldsUp); with 7.x not at all for some kinds of frames"},
	{toldOnly, 0x080e00, 0, "built with GnuTLS, it waits at the end of a connection, and keeps what comes, for as long as the server goes on sending",
		"nothing; it is in Close, and in the end of a transfer with opt.ForbidReuse"},
	{toldOnly, 0, 0x0806ff, "an HTTP upload whose read function ends before the size that was set waits for the server, which waits for the rest",
		"nothing; a source given to Easy.Input that ends early is io.ErrUnexpectedEOF"},
	{toldOnly, 0, 0, "a transfer that the progress function ends in the moment in which it is over leaves its connection open and unused, and " +
		"up to 7.74 its response's head for the next", "libcurl is told only where it waits; else the transfer is taken out after the step"},
	{quirkBlobs, 0, 0x0816ff, "built with GnuTLS, it takes CURLOPT_SSLCERT_BLOB and CURLOPT_SSLKEY_BLOB, also those of proxies, and never looks at them",
		"setting one is an *UnsupportedError; the options for files work"},
	{toldOnly, 0, 0, "built with mbedTLS, it does not know PEM in CURLOPT_SSLKEY_BLOB without a NUL behind it", "it gets one"},
	{toldOnly, 0, 0x0816ff, "a stream that a server pushes counts its timeouts from the start of the machine: with one set it is over at once",
		"the parent's is taken away; set none in the PushFunction, and Cancel the stream where it takes too long"},
	{toldOnly, 0x075800, 0x0758ff, "it refuses every stream that a server pushes, without asking", "nothing"},
	{toldOnly, 0x075800, 0x0758ff, "a socket that the SockOptFunction says is connected is connected once more, which fails", "nothing"},
	{toldOnly, 0, 0x074aff, "the name lookups of a transfer with CURLOPT_VERBOSE and CURLOPT_DOH_URL tell of themselves on C's standard error",
		"nothing; set opt.Verbose(false) with opt.DoHURL"},
	{toldOnly, 0x074b00, 0x080dff, "what the name lookups by CURLOPT_DOH_URL tell with CURLOPT_VERBOSE goes to C's standard error", "it goes nowhere"},
	{toldOnly, 0, 0x0754ff, "a signal that arrives while a socket is looked at fails a TLS handshake (errno 4) and other things, and Go's runtime sends many",
		"signals wait while a thread is inside libcurl; a CPU profile sees little of it then"},
	{toldOnly, 0, 0x0802ff, "redirects are followed without end", "the limit is 30 unless opt.MaxRedirs sets another, as in later releases"},
	{toldOnly, 0, 0x074aff, "an HTTP/2 body without a length that is cut short ends well", "nothing; compare with a length of your own"},
	{toldOnly, 0x074b00, 0x0800ff, "an HTTP/2 body without a length ends well when the server resets it, sends all away or breaks the rules, and closes",
		"nothing; compare with a length of your own"},
	{toldOnly, 0, 0, "an HTTP/2 body without a length ends well when the server resets it with the code for no error",
		"nothing; compare with a length of your own"},
	{toldOnly, 0, 0x0800ff, "built with OpenSSL, a body over TLS that ends with its connection ends well when that was cut",
		"nothing; compare with a length of your own"},
	{toldOnly, 0x075800, 0x0758ff, "an HTTP/2 server that breaks the rules leaves the other streams of its connection waiting",
		"nothing; a context or opt.Timeout ends them"},
	{toldOnly, 0, 0x0800ff, "an HTTP/2 transfer with a receive buffer of less than 16 KiB stands still, with any server",
		"opt.BufferSize is 16 KiB at least"},
	{quirkTunnels, 0, 0x0814ff, "a tunnel through an HTTP proxy is used for requests with another login for the proxy, or none",
		"on an Engine a handle with a login for its proxy has connections of its own; in a Multi, a ConfinedShare with connections, and from " +
			"one transfer of a handle to the next it is as with libcurl: opt.FreshConnect"},
	{quirkBuffers, 0, 0x0806ff, "each transfer in flight has a receive buffer of its own, opt.BufferSize large, instead of one for all of a multi handle",
		"a body that is read has the larger buffer of Easy.Open only without an Engine; glibc keeps what was freed for each thread " +
			"that has worked for an Engine, MALLOC_ARENA_MAX=1 in the environment has it kept once"},
	{quirkErrno, 0, 0x0807ff, "CURLINFO_OS_ERRNO keeps the number of an earlier transfer", "Error.Errno is set only where a socket failed now"},
	{quirkSessions, 0, 0x080bff, "a handle's own TLS sessions are lost, never to be freed, when it is attached to a share with some",
		"a handle that may have some is made anew before it is attached"},
	{quirkIdle, 0x081600, 0, "without CURLMOPT_MAXCONNECTS a multi handle keeps all connections open that it has used within the last second, hundreds with many hosts",
		"an Engine and a ConfinedShare keep four for each transfer in flight, as with earlier releases; set multiopt.MaxConnects for a Multi"},
	{toldOnly, 0x075800, 0, "CURLOPT_COOKIEFILE and CURLOPT_HSTS set once more with the same file have each transfer read it once more", "a file that is set is not added again"},
	{toldOnly, 0, 0, "a name that CURLOPT_RESOLVE gives stays for good in the cache of names, which the handles of an Engine or a share have in common; each transfer looks through all of it",
		"nothing; with many names use opt.ConnectTo, or a leading + in opt.Resolve, which lets one expire"},
	{quirkHSTS, 0, 0x0814ff, "each transfer of a handle adds to its HSTS entries what CURLOPT_HSTSREADFUNCTION gives, over and over", "it gets each once"},
	{toldOnly, 0x075800, 0x0814ff, "a handle that turns HSTS off frees the entries of its share, which others are using", "a member's stays on, as with later releases"},
	{quirkTrailers, 0x074000, 0x0806ff, "a second chunked upload with trailers writes in front of its buffer, or never ends",
		"a second transfer on the handle is refused with an *UnsupportedError"},
	{quirkKin, 0x081500, 0, "a handle at rest and the connections it has used count who refers to what they have in common, without a lock",
		"a handle from an Engine or Multi is ended and reset while nobody is inside that, and gets a new C handle for a transfer elsewhere: what it knows of HSTS and Alt-Svc and has not written to a file is lost"},
	{toldOnly, 0x081600, 0, "built with wolfSSL, it does not notice that a server hangs up in the TLS handshake, nor do perhaps some releases before",
		"nothing; the transfer ends by its context or timeout: set opt.ConnectTimeout, which is five minutes otherwise"},
	{toldOnly, 0, 0x0806ff, "what is kept for a paused HTTP/2 stream is lost memory when the stream ends early and the connection has others",
		"nothing; it is what had come since the pause, 16 KiB mostly"},
	{toldOnly, 0, 0x0800ff, "an HTTP/2 stream that pauses in a DATA frame larger than CURLOPT_BUFFERSIZE can hold up the others of its connection until it goes on",
		"nothing; a larger opt.BufferSize makes it rare"},
	{toldOnly, 0x075500, 0x080dff, "the lists of allowed protocols cannot be taken back", "Unset sets the older options with bits"},
	{toldOnly, 0, 0x0814ff, "the built-in place of certificates is gone for good when CURLOPT_CAINFO is taken back", "Unset sets it again"},
	{toldOnly, 0, 0, "GnuTLS, mbedTLS and wolfSSL read the whole folder of CURLOPT_CAPATH for each new connection",
		"a folder that gocurl finds is read once; where one is built in, set opt.CAPath to an empty folder if opt.CAInfo has all"},
}
