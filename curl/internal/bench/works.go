package main

// work is something that both sides can do a number of times.
type work struct {
	name     string  // also in peer.c and in goWorks
	unit     string  // what one operation is
	wall     float64 // the most that Go may take of C's wall time, 0: for information
	cpu      float64 // the same for CPU time
	noAllocs bool    // Go must not allocate
}

// works are what the project promises about its speed, then what is good to know.
var works = []work{
	{name: "Set10", unit: "10 numeric options", wall: 2, noAllocs: true},
	{name: "NewClose", unit: "new, 7 options, close", wall: 1.35},
	{name: "Get64", unit: "GET, 64 bytes", wall: 1.12, cpu: 1.12},
	{name: "Download1GiB", unit: "GET, 1 GiB", cpu: 1.10},
	{name: "Download1GiBBuffer512K", unit: "GET, 1 GiB, BUFFERSIZE 512 KiB", cpu: 1.10},

	{name: "Get16K", unit: "GET, 16 KiB"},
	{name: "Get100Connections", unit: "GET, 64 bytes, 100 at once"},
	{name: "GetHTTP2", unit: "GET, 64 bytes, HTTP/2"},
	{name: "Upload256MiB", unit: "PUT, 256 MiB"},
}

// verdict says whether a bar is kept, "" where there is none.
func (w work) verdict(r result) string {
	switch {
	case w.wall == 0 && w.cpu == 0:
		return ""
	case w.wall > 0 && r.wall.mid > w.wall, w.cpu > 0 && r.cpu.mid > w.cpu, w.noAllocs && r.allocs > 0:
		return "MISSED"
	}
	return "met"
}
