package curl_test

//lint:file-ignore SA1019 deprecated options have to work as well

import (
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A kind is one of the callbacks of an easy handle, with a transfer that makes libcurl call it.
type kind struct {
	name   string
	scheme string // the protocol that it takes, "" for http
	// peer starts what the transfer talks to and returns its options. It reports false when the machine lacks the peer.
	peer func(t *testing.T) ([]opt.Option, bool)
	// hook is the callback itself. It calls f, fails with its error, and else does what lets the transfer go on. A nil
	// f makes the option that clears it.
	hook func(f func() error) opt.Option
	code codes.Easy // libcurl's code for an error of the callback, one of them
	also codes.Easy // what other versions say
	bare codes.Easy // how the transfer ends without a callback
	late bool       // it is called when the handle is closed
	once bool       // an old libcurl is done with the handle then
	mute bool       // it has no error to return
}

// kinds are all callbacks of an easy handle; TestKindsAreAllCallbacks compares them with the options.
func kinds() []kind {
	return append(append(dataKinds(), connectionKinds()...), protocolKinds()...)
}

func dataKinds() []kind {
	return []kind{
		{name: "write", peer: httpPeer("/bytes/100000"), code: codes.WriteError, hook: func(f func() error) opt.Option {
			return opt.WriteFunction(orNil(f, func([]byte) error { return f() }))
		}},
		{name: "header", peer: httpPeer("/bytes/100000"), code: codes.WriteError, hook: func(f func() error) opt.Option {
			return opt.HeaderFunction(orNil(f, func([]byte) error { return f() }))
		}},
		{name: "read", peer: httpPeer("/upload", opt.Upload(true), input, opt.InFileSize(-1)), code: codes.AbortedByCallback, hook: readKind},
		{name: "seek", peer: httpPeer("/redirect-body", resent...), code: codes.SendFailRewind, bare: codes.SendFailRewind, hook: func(f func() error) opt.Option {
			return opt.SeekFunction(orNil(f, func(int64, int) error { return f() }))
		}},
		{name: "ioctl", peer: httpPeer("/redirect-body", resent...), code: codes.SendFailRewind, bare: codes.SendFailRewind, hook: func(f func() error) opt.Option {
			return opt.IoctlFunction(orNil(f, func(opt.IOCommand) error { return f() }))
		}},
		{name: "xferinfo", peer: httpPeer("/bytes/1", opt.NoProgress(false)), code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.XferInfoFunction(orNil(f, func(opt.Progress) error { return f() }))
		}},
		{name: "progress", peer: httpPeer("/bytes/1", opt.NoProgress(false)), code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.ProgressFunction(orNil(f, func(_, _, _, _ float64) error { return f() }))
		}},
		{name: "debug", peer: httpPeer("/bytes/1", opt.Verbose(true)), mute: true, hook: func(f func() error) opt.Option {
			return opt.DebugFunction(orNil(f, func(opt.DebugKind, []byte) { f() }))
		}},
		{name: "trailer", peer: httpPeer("/upload", opt.Upload(true), input, opt.HTTPHeader([]string{"Transfer-Encoding: chunked"})),
			code: codes.AbortedByCallback, once: true, hook: func(f func() error) opt.Option {
				return opt.TrailerFunction(orNil(f, func() ([]string, error) { return []string{"X-Sum: 1"}, f() }))
			}},
	}
}

func readKind(f func() error) opt.Option {
	if f == nil {
		return input
	}
	return opt.ReadFunction(func([]byte) (int, error) {
		if err := f(); err != nil {
			return 0, err
		}
		return 0, io.EOF
	})
}

// orNil is nil when there is nothing to call.
func orNil[F any](f func() error, hook F) (none F) {
	if f == nil {
		return none
	}
	return hook
}

// input is an empty source of an upload.
var input = opt.ReadFunction(func([]byte) (int, error) { return 0, io.EOF })

// resent is an upload that libcurl has to send again after a redirect. Any read starts anew, so that a callback that
// claims to have gone back to the start is right.
var resent = []opt.Option{
	opt.Post(true), opt.PostFieldSize(3), opt.FollowLocation(true), opt.HTTPHeader([]string{"Expect:"}),
	opt.ReadFunction(func(p []byte) (int, error) { return copy(p, "abc"), nil }),
}

// httpPeer is a peer of which the transfer fetches path.
func httpPeer(path string, options ...opt.Option) func(t *testing.T) ([]opt.Option, bool) {
	return func(t *testing.T) ([]opt.Option, bool) {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		return append([]opt.Option{opt.URL(s.URL(path))}, options...), true
	}
}

// available starts the peer of a kind. It reports false when the running libcurl or the machine lacks something.
func (k kind) available(t *testing.T) ([]opt.Option, bool) {
	t.Helper()
	if !has(t, k.hook(func() error { return nil })) || k.scheme != "" && !speaks(t, k.scheme) {
		return nil, false
	}
	return k.peer(t)
}
