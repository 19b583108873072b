package opt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestString(t *testing.T) {
	for _, test := range []struct {
		option opt.Option
		want   string
	}{
		{opt.URL("https://example.com/a?b#c"), `CURLOPT_URL="https://example.com/a?b#c"`},
		{opt.Verbose(true), "CURLOPT_VERBOSE=1"},
		{opt.InFileSize(1 << 40), "CURLOPT_INFILESIZE_LARGE=1099511627776"},
		{opt.HTTPHeader([]string{"Authorization: Basic eA==", "A: b"}), "CURLOPT_HTTPHEADER=(2 strings)"},
		{opt.CAInfoBlob([]byte("pem")), "CURLOPT_CAINFO_BLOB=(3 bytes)"},
		{opt.PostFields([]byte("password=x")), "CURLOPT_POSTFIELDS=(10 bytes)"},
		{opt.WriteFunction(func([]byte) error { return nil }), "CURLOPT_WRITEFUNCTION=func"},
		{opt.WriteFunction(nil), "CURLOPT_WRITEFUNCTION=nil"},
		{opt.Timeout(-time.Second), "CURLOPT_TIMEOUT_MS=(refused: -1s)"},
		{opt.Option{}, "CURLOPT_0=(invalid)"},
	} {
		if got := test.option.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestSecretsNeverShow(t *testing.T) {
	for _, o := range []opt.Option{
		opt.UserPassword("joe:hunter2"),
		opt.Password("hunter2"),
		opt.XOAuth2Bearer("hunter2"),
		opt.Cookie("session=hunter2"),
		opt.RawString(opt.IDPassword, "hunter2"),
		opt.RawString(29999, "hunter2"), // nobody knows what that is
		opt.URL("https://joe:hunter2@example.com/"),
		opt.URL("https://joe:hunter2@[::1]:80/@x"),
		opt.Proxy("joe:hunter2@proxy:3128"), // libcurl needs no scheme here
		opt.Proxy("socks5h://joe:h@hunter2@proxy"),
		opt.HTTPHeader([]string{"Authorization: hunter2"}),
		opt.PostFields([]byte("hunter2")),
		opt.SSLKeyBlob([]byte("hunter2")),
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if got := fmt.Sprintf(verb, o); strings.Contains(got, "hunter2") {
				t.Errorf("%s prints %s", verb, got)
			}
		}
	}
}

func TestURLsWithoutPasswordStayWhole(t *testing.T) {
	for _, url := range []string{
		"https://example.com/x@y:z", "https://joe@example.com", "http://[::1]:80/", "", "://", "http://@",
	} {
		if got := opt.URL(url).String(); got != fmt.Sprintf("CURLOPT_URL=%q", url) {
			t.Errorf("%q became %s", url, got)
		}
	}
}

func TestEnumString(t *testing.T) {
	for _, test := range []struct {
		value fmt.Stringer
		want  string
	}{
		{opt.HTTPVer2TLS, "HTTPVer2TLS"},
		{opt.HTTPVer(99), "HTTPVer(99)"},
		{opt.HTTPVer(-1), "HTTPVer(-1)"},
		{opt.AuthNone, "AuthNone"},
		{opt.AuthBasic | opt.AuthNTLM, "AuthBasic|AuthNTLM"},
		{opt.AuthAny, "AuthAny"},
		{opt.AuthBasic | 1<<20, "AuthBasic|0x100000"},
		{opt.Auth(1 << 20), "0x100000"},
		{opt.SSLVer1_2 | opt.SSLVerMax1_3, "SSLVer1_2|SSLVerMax1_3"},
		{opt.ClassString, "string"},
		{opt.Class(0), "Class(0)"},
		{opt.Class(200), "Class(200)"},
	} {
		if got := test.value.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
