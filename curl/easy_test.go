package curl_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestFirstTransfer(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }))
	defer s.Close()
	h, err := curl.New(opt.URL(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for range 3 {
		body, err := h.Fetch(t.Context())
		if err != nil || string(body) != "hello" {
			t.Fatalf("body %q, %v", body, err)
		}
		status, err := curl.Info(h, info.ResponseCode)
		if err != nil || status != 200 {
			t.Fatalf("status %d, %v", status, err)
		}
	}
}
