package curl_test

import (
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A phase is what a transfer can be doing when it is stopped.
type phase struct {
	options []opt.Option
	reached <-chan struct{} // the transfer has come to the phase, and stays in it
	end     func()          // ends a peer that does not notice that its client has gone
}

func nothing() {}

// phases are all phases but name resolving, which needs a process of its own. Each call makes new peers.
var phases = []struct {
	name  string
	start func(t testing.TB) phase
}{
	{"connecting", phaseConnecting},
	{"TLS handshake", phaseHandshake},
	{"waiting for the response", phaseWaiting},
	{"receiving", phaseReceiving},
	{"sending", phaseSending},
	{"receiving is paused", phaseReceivingPaused},
	{"sending is paused", phaseSendingPaused},
}

// signal is a channel that can be closed more than once.
func signal() (ch chan struct{}, close_ func()) {
	ch = make(chan struct{})
	return ch, sync.OnceFunc(func() { close(ch) })
}

func phaseConnecting(t testing.TB) phase {
	hole := testserver.NewBlackhole(t)
	opened, open := signal()
	return phase{[]opt.Option{
		opt.URL("http://" + hole.Addr() + "/"),
		opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
			open()
			return false, nil
		}),
	}, opened, nothing}
}

// firstByte waits for whatever a client sends; one that gives up early may never send a ClientHello.
var firstByte = testserver.Do("first byte", func(c *testserver.ScriptConn) error {
	_, _ = c.Reader.ReadByte()
	return nil
})

func phaseHandshake(t testing.TB) phase {
	gate := testserver.NewGate()
	t.Cleanup(gate.Open)
	s := testserver.NewScript(t, testserver.Script{firstByte, testserver.Wait(gate)})
	// Reading the system's certificates, a tenth of a second of work, is what libcurl 8 does at this very moment.
	return phase{[]opt.Option{opt.URL("https://" + s.Addr() + "/"), opt.SSLVerifyPeer(false)}, gate.Arrived(1), gate.Open}
}

func phaseWaiting(t testing.TB) phase {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	return phase{[]opt.Option{opt.URL(s.URL("/hang"))}, s.Gate("").Arrived(1), s.Gate("").Open}
}

func phaseReceiving(t testing.TB) phase {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	arrived, arrive := signal()
	return phase{[]opt.Option{
		opt.URL(s.URL("/slow")),
		opt.WriteFunction(func([]byte) error {
			arrive()
			return nil
		}),
	}, arrived, nothing}
}

// endless is an upload that fills every buffer on the way to a server that does not read.
func endless(p []byte) (int, error) { return len(p), nil }

func uploading(url string, read opt.ReadFunc) []opt.Option {
	// Without this header libcurl waits a second for the server's leave to send.
	return []opt.Option{opt.URL(url), opt.Upload(true), opt.HTTPHeader([]string{"Expect:"}), opt.ReadFunction(read)}
}

func phaseSending(t testing.TB) phase {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	return phase{uploading(s.URL("/upload?stop=0"), endless), s.Gate("").Arrived(1), s.Gate("").Open}
}

func phaseReceivingPaused(t testing.TB) phase {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	paused, pause := signal()
	return phase{[]opt.Option{
		opt.URL(s.URL("/bytes/100000")),
		opt.WriteFunction(func([]byte) error {
			pause()
			return opt.ErrPause
		}),
	}, paused, nothing}
}

func phaseSendingPaused(t testing.TB) phase {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	paused, pause := signal()
	return phase{uploading(s.URL("/upload"), func([]byte) (int, error) {
		pause()
		return 0, opt.ErrPause
	}), paused, nothing}
}
