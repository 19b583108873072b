package curl_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// answerDNS says that every name has the address 127.0.0.1 and no IPv6 address (RFC 8484, RFC 1035).
func answerDNS(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	if err != nil || len(query) < 17 {
		http.Error(w, "no DNS query", http.StatusBadRequest)
		return
	}
	question := query[12:]
	end := strings.IndexByte(string(question), 0) + 5 // name, type, class
	kind := binary.BigEndian.Uint16(question[end-4:])
	answer := append([]byte{query[0], query[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[:end]...)
	if kind == 1 {
		answer[7] = 1
		answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	w.Header().Set("Content-Type", "application/dns-message")
	w.Write(answer)
}

// Name lookups over HTTPS run on easy handles of libcurl's own, which hand some functions down: they are called like those
// of the handle whose transfer it is, may call it, and a panic comes out where it belongs.
func TestCallbackOfInternalHandle(t *testing.T) {
	if !has(t, opt.SSLContextFunction(func(opt.SSLContext) error { return nil })) {
		return
	}
	dns := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(answerDNS)})
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	options := []opt.Option{
		opt.URL("http://doh.test/"), opt.ConnectTo([]string{"doh.test:80:www.doh.test:" + strconv.Itoa(s.Port())}),
		opt.NoProxy("*"), opt.DoHURL(dns.URL("/own/dns")), opt.CAInfo(caFile(t, dns.CA())),
	}
	called := 0
	var h *curl.Easy
	h = easy(t, append(options, opt.SSLContextFunction(func(c opt.SSLContext) error {
		called++
		if err := h.Perform(patient(t)); c.Pointer == 0 || !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("context %v, %v", c, err)
		}
		_, err := curl.Info(h, info.EffectiveURL)
		return err
	}))...)
	if body, err := h.Fetch(patient(t)); err != nil || string(body) != "hello\n" || called == 0 {
		t.Fatalf("%q, %v, %d calls", body, err, called)
	}
	privately(t, "names are looked up once, TestEngineLeavesSharesAlone") // what follows is about the second look-up
	h = easy(t, append(options, opt.SSLContextFunction(func(opt.SSLContext) error { explode("lookup"); return nil }))...)
	wantPanic(t, raised(func() { h.Perform(patient(t)) }), "lookup")
	h.Close() // 7.88.1 loses a kilobyte when such a handle performs again
}

// The handles of name lookups are as talkative as the transfer's, and without its debug function up to 8.13 at least: what
// they had to say went to C's standard error.
func TestNameLookupsSayNothingOnStandardError(t *testing.T) {
	if version(t).Num < 0x074b00 {
		t.Skip("7.74.0 keeps nothing from them that could be set; it is in its quirks")
	}
	there, output := ownProcess(t)
	if !there {
		if output = strings.TrimSpace(output); output != "PASS" && !strings.HasPrefix(output, "PASS\ncoverage:") {
			t.Errorf("%.500q", output)
		}
		return
	}
	dns := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(answerDNS)})
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := easy(t, opt.URL("http://doh.test/"), opt.ConnectTo([]string{"doh.test:80:www.doh.test:" + strconv.Itoa(s.Port())}),
		opt.NoProxy("*"), opt.DoHURL(dns.URL("/own/dns")), opt.CAInfo(caFile(t, dns.CA())),
		opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {}))
	perform(t, h)
}
