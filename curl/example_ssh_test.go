//go:build cgo

package curl_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log"
	"path/filepath"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Decide about the key of an SSH server with the known_hosts file of OpenSSH, and take new servers on trust.
func ExampleNew_sshKnownHosts() {
	server := startSSHServer()
	defer server.end()

	h, err := curl.New(opt.URL(server.url), opt.SSHKnownHosts(filepath.Join(server.dir, "known_hosts")),
		opt.SSHKeyFunction(func(known, found opt.SSHKey, match opt.SSHKeyMatch) (opt.SSHKeyAction, error) {
			switch match {
			case opt.SSHKeyKnown:
				fmt.Println("a server that we know")
				return opt.SSHKeyAccept, nil
			case opt.SSHKeyMissing:
				fmt.Println("a new server")
				return opt.SSHKeyAcceptAndAdd, nil
			}
			return opt.SSHKeyReject, fmt.Errorf("the server's key has changed: %v of %d bytes", found.Type, len(found.Key))
		}),
		opt.ForbidReuse(true)) // so that it is asked for its key again
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Set(server.login...); err != nil { // name and key of the user
		log.Fatal(err)
	}
	for range 2 {
		body, err := h.Fetch(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(body))
	}
	// Output:
	// a new server
	// hello over ssh
	// a server that we know
	// hello over ssh
}

// Pin the key of an SSH server: no file is asked.
func ExampleNew_sshHostKey() {
	server := startSSHServer()
	defer server.end()
	pinned := sha256.Sum256(server.public) // what the server's owner has told us

	errOther := errors.New("that is another server")
	pin := func(_ opt.SSHKeyType, key []byte) error {
		if sha256.Sum256(key) != pinned {
			return errOther
		}
		return nil
	}
	h, err := curl.New(opt.URL(server.url), opt.SSHHostKeyFunction(pin), opt.ForbidReuse(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Set(server.login...); err != nil {
		log.Fatal(err)
	}
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)

	pinned[0]++
	_, err = h.Fetch(context.Background())
	fmt.Println(errors.Is(err, errOther))
	// Output:
	// hello over ssh <nil>
	// true
}
