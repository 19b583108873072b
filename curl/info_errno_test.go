package curl_test

import (
	"net"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refusing is an address on which nobody listens.
func refusing(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	return l.Addr().String()
}

func TestInfoOfRefusedConnection(t *testing.T) {
	h := handleWith(t, opt.URL("http://"+refusing(t)))
	e := fails(t, h, codes.CouldntConnect)
	wantInfo(t, h, info.OSErrno, int(syscall.ECONNREFUSED))
	if e.Errno != syscall.ECONNREFUSED {
		t.Errorf("error number %v", e.Errno)
	}
	wantInfo(t, h, info.LocalPort, 0)
}

// Before 8.8.0 libcurl keeps the number of an earlier transfer for ever.
func TestErrnoIsNotAnEarlierTransfers(t *testing.T) {
	h := handleWith(t, opt.URL("http://"+refusing(t)))
	fails(t, h, codes.CouldntConnect)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if err := h.Set(opt.URL(s.URL("/status/404")), opt.FailOnError(true)); err != nil {
		t.Fatal(err)
	}
	if e := fails(t, h, codes.HTTPReturnedError); e.Errno != 0 {
		t.Errorf("error number %v", e.Errno)
	}
}
