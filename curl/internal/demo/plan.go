package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// plan is what is fetched, and how.
type plan struct {
	title      string
	jobs       []job
	rows       bool // each job is worth a row in the closing table
	goroutines int
	options    []opt.Option // of every handle
	close      func()
}

// sizes of the files on the server in this process, one after the other.
var sizes = []int64{100, 10_000, 1_000, 300_000, 1_000, 3_000_000, 10_000, 100_000, 1_000, 10_000_000}

// noProxy keeps away from a proxy of the environment, which is for other hosts than this one.
var noProxy = opt.Proxy("")

func fromURLs(urls []string) *plan {
	p := &plan{
		title:      fmt.Sprintf("Fetching %s.", count(len(urls), "URL")),
		rows:       true,
		goroutines: min(len(urls), 50),
		options:    []opt.Option{opt.FollowLocation(true), opt.ConnectTimeout(15 * time.Second)},
		close:      func() {},
	}
	for _, url := range urls {
		p.jobs = append(p.jobs, job{url: url, size: -1})
	}
	return p
}

// fromLocalServer plans so many transfers from a server that it starts.
func fromLocalServer(version curl.VersionInfo, jobs, goroutines int) (*plan, error) {
	if !version.Features.Has(curl.FeatureSSL) {
		return nil, errors.New("this libcurl was built without TLS; name another one in GOCURL_LIBRARY: " + version.Library)
	}
	server, err := testserver.StartHTTP(testserver.HTTPConfig{TLS: true})
	if err != nil {
		return nil, err
	}
	trusted, forget, err := trust(server.CA())
	if err != nil {
		server.Close()
		return nil, err
	}
	p := &plan{
		title: fmt.Sprintf("Fetching %d files with %d goroutines from a server in this process, %s",
			jobs, goroutines, server.URL("/")),
		goroutines: goroutines,
		options:    []opt.Option{trusted, noProxy, opt.Timeout(time.Minute)},
		close:      func() { server.Close(); forget() },
	}
	if !version.Features.Has(curl.FeatureHTTP2) {
		p.title += "\nThis libcurl was built without HTTP/2, so HTTP/1.1 has to do."
	}
	for i := range jobs {
		size := sizes[i%len(sizes)]
		p.jobs = append(p.jobs, job{url: server.URL(fmt.Sprintf("/bytes/%d", size)), size: size})
	}
	return p, nil
}

// trust makes the option that has the server's certificate accepted: from memory, or from a file where libcurl is
// older than 7.77.0 or its TLS library takes nothing else.
func trust(ca []byte) (trusted opt.Option, forget func(), err error) {
	probe, err := curl.New()
	if err != nil {
		return trusted, nil, err
	}
	defer probe.Close()
	if trusted = opt.CAInfoBlob(ca); probe.Set(trusted) == nil {
		return trusted, func() {}, nil
	}
	return trustFile(ca)
}

// trustFile is trust with a temporary file, which is there until forget.
func trustFile(ca []byte) (trusted opt.Option, forget func(), err error) {
	file, err := os.CreateTemp("", "gocurl-demo-*.pem")
	if err != nil {
		return trusted, nil, err
	}
	forget = func() { _ = os.Remove(file.Name()) }
	_, err = file.Write(ca)
	if err = errors.Join(err, file.Close()); err != nil {
		forget()
		return trusted, nil, err
	}
	return opt.CAInfo(file.Name()), forget, nil
}
