package protocols

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestAWS has a server of the test's own check signatures after the description of version 4: nothing of the request
// may have changed, and the key never travels.
func TestAWS(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := checkAWS(r, "secret"); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		fmt.Fprint(w, "welcome")
	}))
	t.Cleanup(s.Close)
	options := []opt.Option{opt.AWSSigV4("aws:amz:eu-north-1:storage"), opt.UserPassword("AKID:secret")}
	login(t, "AWS signatures", own, s.URL+"/bucket/key", "welcome", []opt.Option{opt.UserPassword("AKID:wrong")}, options...)
	try(t, "AWS signatures", own, "upload", func(t *testing.T) {
		arrives(t, handle(t, with(options, opt.URL(s.URL+"/bucket/key"), opt.PostFields([]byte("some content")))...), "welcome")
	})
}

var awsHeader = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=([^/]+)/(([0-9]{8})/([^/]+)/([^/]+)/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$`)

// checkAWS computes the signature that the request should have.
func checkAWS(r *http.Request, secret string) error {
	m := awsHeader.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return fmt.Errorf("no signature in %q", r.Header.Get("Authorization"))
	}
	scope, date, region, service, signed, signature := m[2], m[3], m[4], m[5], m[6], m[7]
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	names := strings.Split(signed, ";")
	if !slices.IsSorted(names) || !slices.Contains(names, "host") {
		return fmt.Errorf("signed headers %q", signed)
	}
	canonical := []string{r.Method, (&url.URL{Path: r.URL.Path}).EscapedPath(), r.URL.Query().Encode()}
	for _, name := range names {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		canonical = append(canonical, name+":"+strings.TrimSpace(value))
	}
	canonical = append(canonical, "", signed, hash(string(body)))
	sum := hash(strings.Join(canonical, "\n"))
	key := []byte("AWS4" + secret)
	for _, part := range []string{date, region, service, "aws4_request",
		"AWS4-HMAC-SHA256\n" + r.Header.Get("X-Amz-Date") + "\n" + scope + "\n" + sum} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	if hex.EncodeToString(key) != signature {
		return fmt.Errorf("signature %s, want %x", signature, key)
	}
	return nil
}

func hash(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
