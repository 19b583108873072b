//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A form as a browser sends it, with text, a file, and a part that is made while it is sent.
func ExampleEasy_SetMIME() {
	server := httptest.NewServer(http.HandlerFunc(showForm))
	defer server.Close()
	photo, err := os.CreateTemp("", "*.jpg")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(photo.Name())
	if _, err := photo.WriteString("a photo"); err != nil {
		log.Fatal(err)
	}
	photo.Close()

	form, err := curl.NewMIME(
		curl.Part{Name: "name", Text: "gopher"},
		curl.Part{Name: "photo", File: photo.Name(), FileName: "gopher.jpg"},
		curl.Part{Name: "log", Reader: strings.NewReader("from a reader"), FileName: "log.txt"},
	)
	if err != nil {
		log.Fatal(err)
	}
	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.SetMIME(form); err != nil {
		log.Fatal(err)
	}
	answer, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s", answer)
	// Output:
	// name "" : gopher
	// photo "gopher.jpg" image/jpeg: a photo
	// log "log.txt" text/plain: from a reader
}

func showForm(w http.ResponseWriter, r *http.Request) {
	form, err := r.MultipartReader()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var part *multipart.Part
	for part, err = form.NextPart(); err == nil; part, err = form.NextPart() {
		content, _ := io.ReadAll(part)
		fmt.Fprintf(w, "%s %q %s: %s\n", part.FormName(), part.FileName(), part.Header.Get("Content-Type"), content)
	}
}
