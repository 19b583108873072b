package curl

import "strconv"

// ConcurrentKind is a kind of data that handles may share while they run on as many goroutines as they like.
type ConcurrentKind uint8

// What a Share can hold; a ConfinedShare can, too. The numbers are libcurl's.
const (
	// ShareDNS is the cache of resolved names.
	ShareDNS ConcurrentKind = 3
	// ShareTLSSessions are the sessions that shorten the next TLS handshake with the same server.
	ShareTLSSessions ConcurrentKind = 4
	// SharePSL is the list of public suffixes, which cookies are checked against; it needs FeaturePSL.
	SharePSL ConcurrentKind = 6
)

// ConfinedKind is a kind of data that libcurl does not lock well enough for handles that run at the same time.
type ConfinedKind uint8

// What only a ConfinedShare can hold. The numbers are libcurl's.
const (
	// ShareCookies is the cookie jar. A member uses it when its cookies are on, which opt.CookieFile("") does.
	ShareCookies ConfinedKind = 2
	// ShareConnections is the pool of open connections.
	ShareConnections ConfinedKind = 5
	// ShareHSTS is the list of hosts that are to be reached by HTTPS only. Since libcurl 7.88.0.
	ShareHSTS ConfinedKind = 7
)

// Kind is a ConcurrentKind or a ConfinedKind.
type Kind interface {
	String() string
	facts() (kindFacts, bool)
}

// kindFacts is what the runtime knows of a kind.
type kindFacts struct {
	data  int // the curl_lock_data
	name  string
	what  string // in "sharing ..."
	since uint32
}

var concurrentKinds = map[ConcurrentKind]kindFacts{
	ShareDNS:         {3, "DNS", "names", 0x070a03},
	ShareTLSSessions: {4, "TLS sessions", "TLS sessions", 0x070a03},
	SharePSL:         {6, "PSL", "the public suffix list", 0x073d00},
}

var confinedKinds = map[ConfinedKind]kindFacts{
	ShareCookies:     {2, "cookies", "cookies", 0x070a03},
	ShareConnections: {5, "connections", "connections", 0x073900},
	ShareHSTS:        {7, "HSTS", "HSTS entries", 0x075800},
}

func (k ConcurrentKind) facts() (kindFacts, bool) { f, ok := concurrentKinds[k]; return f, ok }
func (k ConfinedKind) facts() (kindFacts, bool)   { f, ok := confinedKinds[k]; return f, ok }

func (k ConcurrentKind) String() string { return kindName(k, "ConcurrentKind", uint8(k)) }
func (k ConfinedKind) String() string   { return kindName(k, "ConfinedKind", uint8(k)) }

func kindName(k Kind, typ string, n uint8) string {
	if f, ok := k.facts(); ok {
		return f.name
	}
	return typ + "(" + strconv.Itoa(int(n)) + ")"
}
