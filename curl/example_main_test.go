//go:build cgo

package curl_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMain leaves out the examples that cannot be run here, which an example cannot do itself, and says why. With
// GOCURL_TEST_DENSE in the environment engines step by curl_multi_perform whenever they can.
func TestMain(m *testing.M) {
	flag.Parse()
	if os.Getenv("GOCURL_TEST_DENSE") != "" {
		capi.DenseAlways()
	}
	for name, missing := range map[string]func() string{"ExampleNew_sshKnownHosts": noSFTP, "ExampleNew_sshHostKey": noHostKeys} {
		if !chosen(name) {
			continue
		}
		if why := missing(); why != "" {
			fmt.Fprintf(os.Stderr, "%s is not run, %s\n", name, why)
			leaveOut(name)
		}
	}
	os.Exit(m.Run())
}

// chosen says that the flags of the test have it run.
func chosen(name string) bool {
	run, err := regexp.MatchString(flag.Lookup("test.run").Value.String(), name)
	return run && err == nil
}

func leaveOut(name string) {
	skip := flag.Lookup("test.skip").Value
	pattern := "^" + name + "$"
	if also := skip.String(); also != "" {
		pattern += "|" + also
	}
	if err := skip.Set(pattern); err != nil {
		panic(err)
	}
}

// noSFTP says why SFTP cannot be tried, "" when it can. Where all peers are to be there, a missing server is none of the
// reasons.
func noSFTP() string {
	v, err := curl.Version()
	switch {
	case err != nil:
		return "for want of libcurl"
	case !slices.Contains(v.Protocols, "sftp"):
		return "because this libcurl has no SFTP"
	case signsWrongly(v):
		return "because one login in some 150 fails with libssh2 1.9, and an example cannot try again"
	case peersRequired():
		return ""
	}
	return noSSHD()
}

// noHostKeys says the same of the function that gets the server's key, which needs libcurl 7.84.0 and libssh2.
func noHostKeys() string {
	if why := noSFTP(); why != "" {
		return why
	}
	h, err := curl.New(opt.SSHHostKeyFunction(func(opt.SSHKeyType, []byte) error { return nil }))
	if err != nil {
		return fmt.Sprint("because ", errors.Unwrap(err))
	}
	h.Close()
	return ""
}
