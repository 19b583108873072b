//go:build linux

package protocols

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"
	"testing"
)

// wantParts reads a mail as Go does.
func wantParts(t *testing.T, text, subject string, want ...string) {
	t.Helper()
	got, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := leaves(got.Header.Get("Content-Type"), got.Body)
	if err != nil || got.Header.Get("Subject") != subject || !slices.Equal(parts, want) {
		t.Errorf("%v, %v, %.300q", err, got.Header, parts)
	}
}

// leaves is the decoded content of all parts that have none themselves, in order.
func leaves(contentType string, body io.Reader) ([]string, error) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, err
	}
	r := multipart.NewReader(body, params["boundary"])
	var list []string
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		if inner := p.Header.Get("Content-Type"); strings.HasPrefix(inner, "multipart/") {
			more, err := leaves(inner, p)
			if err != nil {
				return list, err
			}
			list = append(list, more...)
			continue
		}
		var content io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			content = base64.NewDecoder(base64.StdEncoding, p)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			return list, err
		}
		list = append(list, string(text))
	}
}
