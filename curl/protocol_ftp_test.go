package curl_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestFTP(t *testing.T) {
	t.Parallel() // libcurl 7.88.1 takes a second for the list
	s := testserver.NewFTP(t, testserver.FTPConfig{Auth: true, Files: map[string]string{
		"/dir/one.txt": "first", "/dir/two.bin": pattern(200_000),
	}})
	h := handleWith(t, opt.URL(s.URL("/dir/two.bin")), opt.UserPassword(testserver.User+":"+testserver.Password))
	arrives(t, h, pattern(200_000))
	wantInfo(t, h, info.ResponseCode, 226)
	wantInfo(t, h, info.FTPEntryPath, "/")
	wantInfo(t, h, info.ContentLengthDownload, 200_000)

	if err := h.Set(opt.URL(s.URL("/dir/")), opt.DirListOnly(true)); err != nil {
		t.Fatal(err)
	}
	list, err := h.Fetch(bounded(t))
	if got := strings.Fields(string(list)); err != nil || len(got) != 2 || got[0] != "one.txt" || got[1] != "two.bin" {
		t.Errorf("%q, %v", list, err)
	}

	if err := h.Set(opt.URL(s.URL("/dir/new.txt")), opt.DirListOnly(false), opt.Upload(true)); err != nil {
		t.Fatal(err)
	}
	if err := h.Input(strings.NewReader("uploaded")); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if content, ok := s.File("/dir/new.txt"); !ok || string(content) != "uploaded" {
		t.Errorf("the server has %q", content)
	}
	wantInfo(t, h, info.SizeUpload, 8)
	wantInfo(t, h, info.NumConnects, 1) // the data connection

	if err := h.Set(opt.URL(s.URL("/dir/none")), opt.Upload(false)); err != nil {
		t.Fatal(err)
	}
	fails(t, h, codes.RemoteFileNotFound)
	if err := h.Set(opt.Password("wrong")); err != nil {
		t.Fatal(err)
	}
	fails(t, h, codes.LoginDenied)
}

func TestFileURL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := handleWith(t, opt.URL("file://"+path))
	arrives(t, h, "content")
	wantInfo(t, h, info.PrimaryPort, 0)
	if err := h.Set(opt.Upload(true)); err != nil {
		t.Fatal(err)
	}
	if err := h.Input(strings.NewReader("changed")); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "changed" {
		t.Errorf("%q, %v", got, err)
	}
	if err := h.Set(opt.URL("file://"+path+".none"), opt.Upload(false)); err != nil {
		t.Fatal(err)
	}
	fails(t, h, codes.FileCouldntReadFile)
}

// Two protocols that are a line and an answer.
func TestPlainProtocols(t *testing.T) {
	handleWith(t)
	for scheme, c := range map[string]struct {
		path, body string
		script     testserver.Script
	}{
		"gopher": {"/0menu", "line\r\n", testserver.Script{testserver.Expect("menu"), testserver.Send("line\r\n")}},
		"dict": {"/d:word", "220 hi\r\n250 bye\r\n", testserver.Script{testserver.Send("220 hi\r\n"), testserver.Expect("CLIENT .*"),
			testserver.Expect("DEFINE ! word"), testserver.Expect("QUIT"), testserver.Send("250 bye\r\n")}},
	} {
		v, err := curl.Version()
		if err != nil {
			t.Fatal(err)
		}
		p := testserver.NewScript(t, c.script)
		h := handleWith(t, opt.URL(scheme+"://"+p.Addr()+c.path))
		if !slices.Contains(v.Protocols, scheme) {
			fails(t, h, codes.UnsupportedProtocol)
			continue
		}
		arrives(t, h, c.body)
	}
}
