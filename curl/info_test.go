//lint:file-ignore SA1019 deprecated infos answer as well

package curl_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// question is a key without its type.
type question struct {
	id  info.ID
	ask func(h *curl.Easy) error
}

func q[T any](key info.Key[T]) question {
	return question{key.ID(), func(h *curl.Easy) error {
		_, err := curl.Info(h, key)
		return err
	}}
}

var questions = []question{
	q(info.ActiveSocket), q(info.AppConnectTimeSeconds), q(info.AppConnectTime), q(info.CAInfo), q(info.CAPath),
	q(info.CertInfo), q(info.ConditionUnmet), q(info.ConnectTimeSeconds), q(info.ConnectTime), q(info.ConnectionID),
	q(info.ContentLengthDownloadDouble), q(info.ContentLengthDownload), q(info.ContentLengthUploadDouble),
	q(info.ContentLengthUpload), q(info.ContentType), q(info.CookieList), q(info.EarlyDataSent),
	q(info.EffectiveMethod), q(info.EffectiveURL), q(info.FileTimeLong), q(info.FileTime), q(info.FTPEntryPath),
	q(info.HeaderSize), q(info.HTTPAuthAvailable), q(info.HTTPAuthUsed), q(info.HTTPConnectCode), q(info.HTTPVersion),
	q(info.LastSocket), q(info.LocalIP), q(info.LocalPort), q(info.NameLookupTimeSeconds), q(info.NameLookupTime),
	q(info.NumConnects), q(info.OSErrno), q(info.PostTransferTime), q(info.PreTransferTimeSeconds),
	q(info.PreTransferTime), q(info.PrimaryIP), q(info.PrimaryPort), q(info.Protocol), q(info.ProxyAuthAvailable),
	q(info.ProxyAuthUsed), q(info.ProxyError), q(info.ProxySSLVerifyResult), q(info.QueueTime), q(info.RedirectCount),
	q(info.RedirectTimeSeconds), q(info.RedirectTime), q(info.RedirectURL), q(info.Referer), q(info.RequestSize),
	q(info.ResponseCode), q(info.RetryAfter), q(info.RTSPClientCSeq), q(info.RTSPCSeqReceived), q(info.RTSPServerCSeq),
	q(info.RTSPSessionID), q(info.Scheme), q(info.SizeDelivered), q(info.SizeDownloadDouble), q(info.SizeDownload),
	q(info.SizeUploadDouble), q(info.SizeUpload), q(info.SpeedDownloadDouble), q(info.SpeedDownload),
	q(info.SpeedUploadDouble), q(info.SpeedUpload), q(info.SSLEngines), q(info.SSLVerifyResult),
	q(info.StartTransferTimeSeconds), q(info.StartTransferTime), q(info.TLSContext), q(info.TLSPointer),
	q(info.TotalTimeSeconds), q(info.TotalTime), q(info.UsedProxy), q(info.TransferID),
}

func TestQuestionsAreAllKeys(t *testing.T) {
	asked := map[info.ID]bool{}
	for _, q := range questions {
		asked[q.id] = true
	}
	for m := range info.All() {
		if asked[m.ID] == (m.Owner != "") {
			t.Errorf("%s: asked %v, owner %q", m.Name, asked[m.ID], m.Owner)
		}
	}
}

// askEverything asks each key: it has an answer exactly if the running libcurl has the key.
func askEverything(t *testing.T, h *curl.Easy) {
	t.Helper()
	askAll(t, h, false)
}

// askElsewhere is the same on another goroutine than the transfer's, which is not lent pointers into it.
func askElsewhere(t *testing.T, h *curl.Easy) {
	t.Helper()
	askAll(t, h, true)
}

func askAll(t *testing.T, h *curl.Easy, elsewhere bool) {
	t.Helper()
	engine := os.Getenv("GOCURL_TEST_ENGINE") != "" // where callbacks come after the fact, and perhaps after the transfer
	running, err := curl.Version()
	if err != nil {
		t.Error(err)
	}
	for _, q := range questions {
		m, _ := info.Lookup(q.id)
		err := q.ask(h)
		if m.Since <= running.Num {
			lent := q.id == info.IDTLSPointer || q.id == info.IDTLSContext
			switch {
			case lent && elsewhere:
				if !errors.Is(err, curl.ErrBusy) && !(engine && err == nil) {
					t.Errorf("%s from elsewhere: %v", m.Name, err)
				}
			case lent && engine && errors.Is(err, curl.ErrAfterTheFact):
			case err != nil:
				t.Error(err)
			}
			continue
		}
		var e *curl.UnsupportedError
		if !errors.As(err, &e) || e.What != m.Name || e.Need == "" || !strings.HasPrefix(running.Version, e.Running) {
			t.Errorf("%s on libcurl %s: %v", m.Name, running.Version, err)
		}
	}
}

func TestInfosOfFreshHandle(t *testing.T) {
	h := handleWith(t)
	askEverything(t, h)
	wantInfo(t, h, info.ResponseCode, 0)
	wantInfo(t, h, info.PrimaryPort, 0)
	wantInfo(t, h, info.LocalPort, 0)
	wantInfo(t, h, info.ActiveSocket, info.NoSocket)
	wantInfo(t, h, info.LastSocket, -1)
	wantInfo(t, h, info.ConnectionID, -1)
	wantInfo(t, h, info.TransferID, -1)
	wantInfo(t, h, info.ContentLengthDownload, -1)
	if s := infoOf(t, h, info.TLSPointer); s.Pointer != 0 {
		t.Errorf("a TLS object without a connection: %+v", s)
	}
	if f := infoOf(t, h, info.FileTime); !f.IsZero() {
		t.Errorf("file time %v", f)
	}
}

func TestInfosDuringAndAfterTransfer(t *testing.T) {
	for name, config := range map[string]testserver.HTTPConfig{
		"HTTP": {}, "HTTPS": {TLS: true, HTTP1Only: true}, "HTTP2": {TLS: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			h := handleWith(t, opt.URL(s.URL("/slow")), opt.SSLVerifyPeer(!config.TLS))
			if err := h.Set(opt.CertInfo(true)); err != nil && !errors.Is(err, codes.NotBuiltIn) { // wolfSSL keeps none
				t.Fatal(err)
			}
			var calls int
			err := h.Set(opt.WriteFunction(func([]byte) error {
				askEverything(t, h)
				if calls++; calls == 1 {
					elsewhere := make(chan struct{})
					go func() { // while this callback is in progress
						defer close(elsewhere)
						askElsewhere(t, h)
					}()
					<-elsewhere
					s.Gate("").Open()
				}
				return nil
			}))
			if err != nil {
				t.Fatal(err)
			}
			if err := h.Perform(bounded(t)); err != nil || calls < 2 {
				t.Fatal(calls, err)
			}
			askEverything(t, h)
		})
	}
}

func TestInfosFromOtherGoroutineInFlight(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/hang")))
	ctx, end := context.WithCancel(bounded(t))
	done := make(chan error)
	go func() { done <- h.Perform(ctx) }()
	<-s.Gate("").Arrived(1)
	askElsewhere(t, h)
	wantInfo(t, h, info.EffectiveURL, s.URL("/hang"))
	end()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	askEverything(t, h)
}

func TestInfosAfterFailure(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/close-mid-body")))
	fails(t, h, codes.PartialFile)
	askEverything(t, h)
	wantInfo(t, h, info.ResponseCode, 200)
	wantInfo(t, h, info.SizeDownload, 500)
	h.Close()
	for _, q := range questions {
		if err := q.ask(h); err == nil {
			t.Errorf("%v answers on a closed handle", q.id)
		}
	}
}
