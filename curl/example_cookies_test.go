//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Log in with net/http, go on with curl, and see what the server has set meanwhile.
func ExampleEasy_SetCookies() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("session"); err == nil {
			http.SetCookie(w, &http.Cookie{Name: "visits", Value: "1"})
			fmt.Fprint(w, "welcome, ", c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "gopher", HttpOnly: true})
	}))
	defer server.Close()

	login, err := http.Get(server.URL)
	if err != nil {
		log.Fatal(err)
	}
	login.Body.Close()

	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.SetCookies(curl.CookiesFor(login.Request.URL.Hostname(), login.Cookies()...)...); err != nil {
		log.Fatal(err)
	}
	body, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	cookies, err := h.Cookies()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, with %d cookies\n", body, len(cookies))
	// Output: welcome, gopher, with 2 cookies
}
