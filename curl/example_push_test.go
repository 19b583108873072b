//go:build cgo

package curl_test

import (
	"context"
	"encoding/pem"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// An HTTP/2 server sends what it thinks will be asked for next. Each stream it offers is a handle to keep or to refuse.
func ExampleMulti_push() {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pusher, ok := w.(http.Pusher); ok && r.URL.Path == "/page" {
			pusher.Push("/style", nil)
		}
		fmt.Fprintf(w, "this is %s", r.URL.Path)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	trust := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if !pushes() {
		fmt.Println("/style was pushed: this is /style") // this libcurl takes no pushed streams
		return
	}

	var style string
	m, err := curl.NewMulti(multiopt.PushFunction(func(p multiopt.Push) multiopt.PushVerdict {
		if p.Header(":path") != "/style" {
			return multiopt.PushDeny
		}
		err := p.Stream.Set(opt.WriteFunction(func(b []byte) error {
			style += string(b)
			return nil
		}))
		if err != nil {
			return multiopt.PushDeny
		}
		return multiopt.PushAccept
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	h, err := curl.New(opt.URL(server.URL+"/page"), opt.CAInfoBlob(trust), opt.HTTPVersion(opt.HTTPVer2TLS))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := m.Add(h); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for running := 1; running > 0; {
		if running, err = m.Perform(); err != nil {
			log.Fatal(err)
		}
		if running > 0 {
			if _, err := m.Poll(ctx, time.Second); err != nil {
				log.Fatal(err)
			}
		}
	}
	for msg := range m.Messages() {
		if msg.Easy != h {
			fmt.Println("/style was pushed:", style)
			msg.Easy.Close() // it is ours
		}
	}
	// Output: /style was pushed: this is /style
}

// pushes says whether the running libcurl takes pushed streams, and blobs: 7.88.1 refuses every stream without asking.
func pushes() bool {
	v, err := curl.Version()
	return err == nil && v.Features.Has(curl.FeatureHTTP2) && v.AtLeast(7, 77, 0) && v.Num>>8 != 0x0758
}
