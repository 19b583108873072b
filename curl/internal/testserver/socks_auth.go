package testserver

import (
	"bytes"
	"io"
	"net"
)

// authenticate settles the method and, where asked for, takes the credentials.
// It reports false when the conversation is over.
func (s *SOCKS) authenticate(r io.Reader, c net.Conn) (ok bool, err error) {
	var version [1]byte
	if _, err := io.ReadFull(r, version[:]); err != nil || version[0] != socksVersion {
		return false, err
	}
	methods, err := readCounted(r)
	if err != nil {
		return false, err
	}
	method := byte(socksNoAuth)
	if s.config.Auth {
		method = socksPassword
	}
	if s.config.NoMethod || !bytes.Contains([]byte(methods), []byte{method}) {
		method = socksNoMethod
	}
	if _, err := c.Write([]byte{socksVersion, method}); err != nil || method != socksPassword {
		return method == socksNoAuth, err
	}
	if _, err := io.ReadFull(r, version[:]); err != nil {
		return false, err
	}
	user, err := readCounted(r)
	if err != nil {
		return false, err
	}
	password, err := readCounted(r)
	if err != nil {
		return false, err
	}
	ok = user == User && password == Password
	status := byte(1)
	if ok {
		status = 0
	}
	_, err = c.Write([]byte{1, status})
	return ok && err == nil, err
}

// readCounted reads a string that its length precedes in one byte.
func readCounted(r io.Reader) (string, error) {
	var n [1]byte
	if _, err := io.ReadFull(r, n[:]); err != nil {
		return "", err
	}
	p := make([]byte, n[0])
	_, err := io.ReadFull(r, p)
	return string(p), err
}
