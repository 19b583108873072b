package opt

import (
	"fmt"
	"strconv"
	"strings"
)

// Option is one setting of a transfer handle. The zero Option is invalid: Set refuses it.
//
// It has four words and as many fields, which is as much as the compiler keeps in registers: a batch of options would
// otherwise spend more time on being copied than on being set.
type Option struct {
	id   ID
	kind kind
	n    int64 // a number, or how much p points to
	p    any   // *byte, *string, a function type of this package, *ValueError or *outOfRange; nil to put the default back
}

// kind is a class, and what else is to be known of an option at once.
type kind uint8

const (
	raw   kind = 1 << 7 // the class is only the caller's claim
	plain kind = 1 << 6 // a number that asPlain has marked
)

func (o Option) class() Class { return Class(o.kind &^ (raw | plain)) }

// ID returns the option's number.
func (o Option) ID() ID { return o.id }

// String returns the option the way the libcurl documentation writes it, for logs:
// CURLOPT_URL="https://example.com". Passwords and other secrets are left out, the ones inside URLs too, and lists,
// blobs and request bodies appear as their size only.
func (o Option) String() string { return o.id.String() + "=" + o.value() }

// GoString is String: %#v must not print a secret either.
func (o Option) GoString() string { return o.String() }

func (o Option) value() string {
	if bad := o.refused(); bad != nil {
		return "(refused: " + bad.Value + ")"
	}
	switch o.class() {
	case ClassLong, ClassOff:
		return strconv.FormatInt(o.n, 10)
	case ClassString:
		if meta, ok := Lookup(o.id); !ok || meta.Secret {
			return "(redacted)"
		}
		return strconv.Quote(withoutPassword(o.text()))
	case ClassList:
		return fmt.Sprintf("(%d strings)", o.n)
	case ClassBlob, ClassBytes:
		return fmt.Sprintf("(%d bytes)", o.n)
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
