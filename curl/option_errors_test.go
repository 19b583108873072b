package curl_test

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refusingPort is one that nothing listens on.
func refusingPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func TestErrorsTellOfThisCallOnly(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	port := refusingPort(t)
	h := newHandle(t, opt.URL("http://127.0.0.1:"+port+"/"), opt.FailOnError(true))
	connect := func() {
		t.Helper()
		err := h.Perform(t.Context())
		var e *curl.Error
		if !errors.As(err, &e) || e.Code != codes.CouldntConnect || !strings.Contains(e.Detail, port) || e.Cause != nil ||
			e.Op != "perform" || e.Timeout() {
			t.Errorf("connect: %#v", err)
		}
		if !errors.Is(err, codes.CouldntConnect) || !errors.Is(err, syscall.ECONNREFUSED) || !strings.Contains(err.Error(), port) {
			t.Errorf("connect: %v", err)
		}
	}
	fresh := func(what string, err error, code codes.Easy) {
		t.Helper()
		var e *curl.Error
		if !errors.As(err, &e) || e.Code != code || strings.Contains(err.Error(), port) || e.Errno != 0 ||
			errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("%s: %#v", what, err)
		}
	}
	connect()
	fresh("a refused option", h.Set(refused), codes.BadFunctionArgument)
	connect()
	set(t, h, opt.URL(s.URL("/status/404")))
	fresh("another transfer", h.Perform(t.Context()), codes.HTTPReturnedError)
	set(t, h, opt.URL("http://127.0.0.1:"+port+"/"))
	connect()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("no longer needed")
	cancel(why)
	err := h.Perform(ctx)
	fresh("a context that is over", err, codes.AbortedByCallback)
	if !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
		t.Errorf("a context that is over: %v", err)
	}
	connect()
	h.Close()
	if err := h.Perform(t.Context()); err == nil || strings.Contains(err.Error(), port) || !errors.Is(err, curl.ErrClosed) {
		t.Errorf("a closed handle: %v", err)
	}
}

func TestErrorsKnowWhenTimeRanOut(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/hang")), opt.Timeout(30*time.Millisecond))
	var timeout interface{ Timeout() bool }
	if err := h.Perform(t.Context()); !errors.As(err, &timeout) || !timeout.Timeout() || !errors.Is(err, codes.OperationTimedOut) {
		t.Errorf("an option's limit: %v", err)
	}
	set(t, h, opt.Timeout(0))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := h.Perform(ctx); !errors.As(err, &timeout) || !timeout.Timeout() || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the context's deadline: %v", err)
	}
}

func TestErrorTexts(t *testing.T) {
	h := newHandle(t)
	for _, c := range []struct {
		err   error
		words []string
	}{
		{h.Set(refused), []string{"CURLOPT_REFERER", "CURLE_BAD_FUNCTION_ARGUMENT"}},
		{h.Set(opt.URL("a\x00b")), []string{"CURLOPT_URL", "NUL"}},
		{h.Set(opt.RawLong(opt.IDNoSignal, 0)), []string{"CURLOPT_NOSIGNAL", "curl.Easy"}},
		{h.Set(opt.RawLong(opt.IDURL, 0)), []string{"CURLOPT_URL", "string", "long"}},
		{h.Set(opt.PostFields([]byte("1")), opt.PostFieldSize(2)), []string{"CURLOPT_POSTFIELDSIZE_LARGE", "post data"}},
		{h.Unset(opt.IDErrorBuffer), []string{"CURLOPT_ERRORBUFFER", "curl.Error"}},
		{h.Pause(curl.Receiving), []string{"Pause", "in flight"}},
		{h.Perform(t.Context()), []string{"perform", "CURLE_URL_MALFORMAT"}},
	} {
		for _, word := range c.words {
			if c.err == nil || !strings.Contains(c.err.Error(), word) {
				t.Errorf("%v does not say %s", c.err, word)
			}
		}
	}
}

// A line break in an address, or a header, is a command, or a header, of whoever has written it.
func TestLinesOfRequestsHaveNoLineBreak(t *testing.T) {
	h := easy(t)
	for _, o := range []opt.Option{
		opt.MailFrom("<a@example.com>\r\nRCPT TO:<b@example.com>"), opt.MailAuth("a\nb"), opt.MailRecipients([]string{"<a@example.com>", "<b@example.com>\r\nDATA"}),
		opt.HTTPHeader([]string{"A: b", "C: d\r\nInjected: e"}), opt.ProxyHeader([]string{"A: b\nInjected: e"}), opt.UserAgent("a\r\nInjected: b"),
		opt.Referer("a\rb"), opt.Cookie("a=b\r\nInjected: c"), opt.Range("0-1\r\nInjected: c"), opt.AcceptEncoding("gzip\r\nInjected: c"),
		opt.CustomRequest("NOOP\r\nDELE 1"), opt.XOAuth2Bearer("a\r\nInjected: c"), opt.RawString(opt.IDUserAgent, "a\nb"),
		opt.RequestTarget("/ HTTP/1.1\r\nInjected: a\r\nB:"), opt.RTSPSessionID("a\r\nInjected: b"), opt.RTSPStreamURI("a\nb"),
		opt.RTSPTransport("a\r\nInjected: b"), opt.FTPAccount("a\r\nDELE b"), opt.FTPAlternativeToUser("a\nDELE b"),
	} {
		var refused *opt.ValueError
		if err := h.Set(o); !errors.As(err, &refused) {
			t.Errorf("%v: %v", o, err)
		}
	}
}

func TestOptionsTextIsNotThatOfATransfer(t *testing.T) {
	h := easy(t)
	if !has(t, opt.AllowedProtocols("http")) {
		return
	}
	if err := h.Set(opt.AllowedProtocols("http,nonsense")); err == nil || strings.Contains(err.Error(), "scheme") {
		t.Error(err)
	}
}

// Functions that make a handle of their own counted their URL among the options, and more.
func TestOptionErrorsCountTheOptionsOfTheCall(t *testing.T) {
	version(t) // there is a libcurl
	ctx := bounded(t)
	options := []opt.Option{opt.FailOnError(true), opt.UserAgent("one\x00two")}
	for name, call := range map[string]func() error{
		"New":           func() error { _, err := curl.New(options...); return err },
		"Fetch":         func() error { _, err := curl.Fetch(ctx, "http://127.0.0.1/", options...); return err },
		"Open":          func() error { _, err := curl.Open(ctx, "http://127.0.0.1/", options...); return err },
		"Dial":          func() error { _, err := curl.Dial(ctx, "http://127.0.0.1/", options...); return err },
		"DialWebSocket": func() error { _, err := curl.DialWebSocket(ctx, "ws://127.0.0.1/", options...); return err },
	} {
		err := call()
		var refused *curl.OptionError
		if !errors.As(err, &refused) || refused.Index != 1 || refused.Option != opt.IDUserAgent {
			t.Errorf("%s: %v of %+v", name, err, refused)
		}
	}
}
