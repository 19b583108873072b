package main

// work is something that the sides can do a number of times.
type work struct {
	name   string   // in goWorks, and in peer.c and httpWorks where there is such a form
	unit   string   // what one operation is
	forms  []string // of the C side, when there are several: the best of them counts
	ops    int      // how many a full round does; 0: as many as take that long
	rounds int      // the most rounds of a work that takes long, 0: as many as asked for
	apart  bool     // every form in a process of its own, whose threads and memory are reported
	beside string   // the work that every form is compared with, instead of with the C side

	// The bars: the most that Go may take of C's, or altogether. 0: for information.
	wall, cpu float64
	noAllocs  bool
	threads   int
	mebibytes float64
}

// emptyWorks are what the empty binding (testdata/empty) does.
var emptyWorks = map[string]bool{
	"Set10": true, "NewClose": true, "Get64": true, "Get16K": true, "Download1GiB": true, "Download1GiBBuffer512K": true,
	"Engine50kGet": true, "EngineHTTP2": true, "Trickle1000": true,
}

// bothForms are libcurl's two ways to run many transfers: curl_multi_perform with curl_multi_poll, and
// curl_multi_socket_action on epoll.
var bothForms = []string{"perform", "socket"}

// works are what the project promises about its speed, then what is good to know.
var works = []work{
	{name: "Set10", unit: "10 numeric options", wall: 2, noAllocs: true},
	{name: "NewClose", unit: "new, 7 options, close", wall: 1.35},
	{name: "Get64", unit: "GET, 64 bytes", wall: 1.12, cpu: 1.12},
	{name: "Download1GiB", unit: "GET, 1 GiB", cpu: 1.10},
	{name: "Download1GiBBuffer512K", unit: "BUFFERSIZE 512 KiB", cpu: 1.10},
	{name: "StreamDownload1GiB", unit: "GET, 1 GiB, 32 KiB reads", cpu: 1.40},
	{name: "UploadGrown256MiB", unit: "PUT, Go's buffer 2 MiB", wall: 0.60},
	{name: "Engine50kGet", unit: "GET, 100 at once", forms: bothForms, ops: 50_000, wall: 1.05, cpu: 1.10},
	{name: "EngineHTTP2", unit: "GET, 100 streams at once", forms: bothForms, ops: 10_000, wall: 1.00},
	{name: "Trickle1000", unit: "a byte to each of 1000", forms: bothForms, ops: 30, rounds: 3, apart: true,
		threads: 8, mebibytes: 30},
	// The idle transfers are on 100 other hosts. A part of it is libcurl's own: see slow.c.
	{name: "Beside4000", unit: "GET, beside 4000 : beside 0", forms: bothForms, apart: true, beside: "Beside0", wall: 2},

	// On the same host libcurl looks at each of their connections, which no binding can help.
	{name: "BesideSameHost4000", unit: "GET, beside 4000 : beside 0", forms: bothForms, apart: true, beside: "Beside0"},
	// What the larger buffer is worth in C.
	{name: "UploadBothGrown256MiB", unit: "PUT, C's buffer 2 MiB too"},
	{name: "StreamEngine1GiB", unit: "the same on an Engine"},
	{name: "StreamCopy1GiB", unit: "GET, 1 GiB, io.Copy"},
	{name: "UploadEngine256MiB", unit: "PUT, on an Engine"},
	{name: "Get16K", unit: "GET, 16 KiB"},
	{name: "Get100Connections", unit: "GET, 100 at once"},
	{name: "GetHTTP2", unit: "GET, 64 bytes, HTTP/2"},
	{name: "Upload256MiB", unit: "PUT, 256 MiB"},
}

// inC are the names of the C forms of a work.
func (w work) inC() (names []string) {
	for _, f := range w.forms {
		names = append(names, w.name+"/"+f)
	}
	if names == nil {
		names = []string{w.name}
	}
	return names
}
