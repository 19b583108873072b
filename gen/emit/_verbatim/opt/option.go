package opt

import (
	"fmt"
	"strconv"
	"strings"
)

// Option is one setting of a transfer handle. The zero Option is invalid: Set refuses it.
type Option struct {
	id    ID
	class Class
	raw   bool
	n     int64
	s     string
	p     any
}

// ID returns the option's number.
func (o Option) ID() ID { return o.id }

// String returns the option the way the libcurl documentation writes it, for logs:
// CURLOPT_URL="https://example.com". Passwords and other secrets are left out, the ones inside URLs too, and lists,
// blobs and request bodies appear as their size only.
func (o Option) String() string { return o.id.String() + "=" + o.value() }

// GoString is String: %#v must not print a secret either.
func (o Option) GoString() string { return o.String() }

func (o Option) value() string {
	if bad, ok := o.p.(*ValueError); ok {
		return "(refused: " + bad.Value + ")"
	}
	switch o.class {
	case ClassLong, ClassOff:
		return strconv.FormatInt(o.n, 10)
	case ClassString:
		if meta, ok := Lookup(o.id); !ok || meta.Secret {
			return "(redacted)"
		}
		return strconv.Quote(withoutPassword(o.s))
	case ClassList:
		list, _ := o.p.([]string)
		return fmt.Sprintf("(%d strings)", len(list))
	case ClassBlob, ClassBytes:
		data, _ := o.p.([]byte)
		return fmt.Sprintf("(%d bytes)", len(data))
	case ClassFunction:
		if o.p == nil {
			return "nil"
		}
		return "func"
	}
	return "(invalid)"
}

// withoutPassword hides the password of a URL or proxy string, which libcurl also accepts without a scheme.
func withoutPassword(s string) string {
	start := 0
	if i := strings.Index(s, "://"); i >= 0 {
		start = i + len("://")
	}
	authority := s[start:]
	if i := strings.IndexAny(authority, "/?#"); i >= 0 {
		authority = authority[:i]
	}
	at := strings.LastIndexByte(authority, '@')
	if at < 0 {
		return s
	}
	colon := strings.IndexByte(authority[:at], ':')
	if colon < 0 {
		return s
	}
	return s[:start+colon+1] + "***" + s[start+at:]
}
