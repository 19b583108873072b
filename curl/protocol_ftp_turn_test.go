package curl

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// 7.88.1 waits for no socket and no timer when an FTP server has answered EPSV at once, as one that has just been at work
// may. It went on when all transfers were looked at, up to a second later.
func TestFTPGoesOnWhenItWaitsForNothing(t *testing.T) {
	if !inChild(t, "GOCURL_LIBRARY="+os.Getenv("GOCURL_LIBRARY")) {
		return
	}
	capi.LookNever()
	v, err := Version()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(v.Protocols, "ftp") {
		t.Skip("this libcurl has no FTP")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/dir/file": "content"}})
	h, err := New(opt.URL(s.URL("/dir/file")))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for range 20 { // on one connection, in one folder: EPSV is the first command
		if body, err := h.Fetch(ctx); err != nil || string(body) != "content" {
			t.Fatalf("%q, %v", body, err)
		}
	}
	if err := h.Set(opt.URL(s.URL("/dir/")), opt.DirListOnly(true)); err != nil {
		t.Fatal(err)
	}
	if list, err := h.Fetch(ctx); err != nil || strings.TrimSpace(string(list)) != "file" {
		t.Fatalf("%q, %v", list, err)
	}
}
