package curl_test

import (
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A debug function used to miss what options behind it in the same Set reported.
func TestDebugFunctionHearsOfTheOptionsBehindIt(t *testing.T) {
	var said []string
	h, err := curl.New(
		opt.Verbose(true),
		opt.DebugFunction(func(_ opt.DebugKind, p []byte) { said = append(said, string(p)) }),
		opt.CookieList("Set-Cookie: a="+strings.Repeat("b", 4500)+"; domain=example.com; path=/"), // too long: a remark
	)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if len(said) == 0 {
		t.Error("the debug function heard nothing of the cookie")
	}
}
