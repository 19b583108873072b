package curl_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestErrorsNameTheURL: of five hundred transfers at once nobody could tell which had failed. Nothing secret is in it.
func TestErrorsNameTheURL(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	at := strings.TrimPrefix(s.URL(""), "http://")
	for asked, want := range map[string]string{
		"http://user:secret@" + at + "/status/404?token=secret#secret": "http://" + at + "/status/404",
		"http://" + at + "/status/404":                                 "http://" + at + "/status/404",
		at + "/status/404?a@b":                                         at + "/status/404",
		"http://" + at + "/@user/status":                               "http://" + at + "/@user/status",
		"http://user:sec/ret@" + at + "/":                              "", // which is no URL
	} {
		h := newHandle(t, opt.URL(asked), opt.NoProxy("*"), opt.FailOnError(true))
		err := h.Perform(bounded(t))
		var e *curl.Error
		if !errors.As(err, &e) || strings.TrimPrefix(e.URL, "http://") != strings.TrimPrefix(want, "http://") ||
			strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", asked, err)
		}
	}
	h := newHandle(t, opt.URL(s.URL("/redirect-body")), opt.NoProxy("*"), opt.FollowLocation(true), opt.MaxRedirs(0))
	var e *curl.Error
	if err := h.Perform(bounded(t)); !errors.As(err, &e) || !strings.HasPrefix(e.URL, s.URL("/")) {
		t.Errorf("a redirect: %v", err)
	}
}

// TestErrorsAreNetErrors for code that was written for package net.
func TestErrorsAreNetErrors(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/hang")), opt.NoProxy("*"), opt.Timeout(50*time.Millisecond))
	var e net.Error
	if err := h.Perform(bounded(t)); !errors.As(err, &e) || !e.Timeout() {
		t.Errorf("%v", err)
	}
}

// TestANilContextIsAnError, as it is for net/http; it was a panic.
func TestANilContextIsAnError(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/")), opt.NoProxy("*"))
	var none context.Context
	if err := h.Perform(none); !errors.Is(err, codes.BadFunctionArgument) {
		t.Errorf("Perform: %v", err)
	}
	if _, err := h.Open(none); !errors.Is(err, codes.BadFunctionArgument) {
		t.Errorf("Open: %v", err)
	}
	arrives(t, h, "hello\n") // nothing has come of it
}

// TestOutputToNobody: a nil io.Writer was a panic in the middle of the transfer.
func TestOutputToNobody(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var b strings.Builder
	h := newHandle(t, opt.URL(s.URL("/")), opt.NoProxy("*"), curl.Output(&b))
	set(t, h, curl.Output(nil))
	if err := h.Perform(bounded(t)); err != nil || b.Len() > 0 {
		t.Errorf("%v, %q", err, b.String())
	}
}

// TestAWebSocketNeedsItsScheme: an http URL gave a connection that no message went through.
func TestAWebSocketNeedsItsScheme(t *testing.T) {
	if !framing(t) {
		return
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	late := easy(t) // which has its scheme from elsewhere
	set(t, late, opt.URL(strings.TrimPrefix(s.URL("/"), "http://")), opt.NoProxy("*"))
	_, dialled := curl.DialWebSocket(bounded(t), s.URL("/"), opt.NoProxy("*"))
	_, performed := late.WebSocket(bounded(t))
	for _, err := range []error{dialled, performed} {
		if !errors.Is(err, codes.UnsupportedProtocol) || !strings.Contains(err.Error(), "ws://") {
			t.Errorf("%v", err)
		}
	}
}
