//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/mail"
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

// A mail with its text in two forms and a file: parts within a part, headers of parts, and an encoding.
func ExampleEasy_SetMIME_mail() {
	address, taken, stop := postOffice()
	defer stop()

	mail, err := curl.NewMIME(
		curl.Part{Type: "multipart/alternative", Headers: []string{"Content-Disposition: inline"}, Parts: []curl.Part{
			{Text: "A photo for you."},
			{Text: "<p>A <b>photo</b> for you.</p>", Type: "text/html"},
		}},
		curl.Part{Data: []byte("a photo"), FileName: "gopher.jpg", Type: "image/jpeg", Encoding: curl.EncodeBase64},
	)
	if err != nil {
		log.Fatal(err)
	}
	h, err := curl.New(opt.URL("smtp://"+address), opt.MailFrom("<gopher@example.com>"),
		opt.MailRecipients([]string{"<reader@example.com>"}),
		opt.HTTPHeader([]string{"From: gopher@example.com", "To: reader@example.com", "Subject: hello"}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.SetMIME(mail); err != nil {
		log.Fatal(err)
	}
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	showMail(taken(), "")
	// Output:
	// multipart/mixed
	//   multipart/alternative
	//     text/plain: A photo for you.
	//     text/html: <p>A <b>photo</b> for you.</p>
	//   image/jpeg: YSBwaG90bw==
}

// showMail prints a mail, or a part of one, and the parts in it.
func showMail(text, indent string) {
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	kind, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain" // which need not be said
	}
	fmt.Print(indent, kind)
	if parameters["boundary"] == "" {
		body, _ := io.ReadAll(m.Body)
		fmt.Printf(": %s\n", strings.TrimSpace(string(body)))
		return
	}
	fmt.Println()
	parts := multipart.NewReader(m.Body, parameters["boundary"])
	for part, err := parts.NextPart(); err == nil; part, err = parts.NextPart() {
		body, _ := io.ReadAll(part)
		showMail("Content-Type: "+part.Header.Get("Content-Type")+"\r\n\r\n"+string(body), indent+"  ")
	}
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
