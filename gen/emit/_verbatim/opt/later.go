package opt

// Later is a constant that libcurl has known for less long than an option that takes it. An older libcurl takes the
// number, and means something else by it or nothing at all.
type Later struct {
	Name  string // the C symbol, CURLFOLLOW_OBEYCODE; the Go constant where libcurl has only a number
	Value int64
	Since uint32 // the first libcurl that has it
	Kind  LaterKind
}

// LaterKind says how the constants of an option are combined.
type LaterKind uint8

// The kinds of Later.
const (
	LaterNumber LaterKind = iota // not at all
	LaterBit                     // with |, and each is to take effect
	LaterChoice                  // with |, and one will do, so that it matters only where all are too new
)

// Lacks returns one of an option's constants that is in n and which the libcurl of the given version does not know, and
// whether there is one.
func Lacks(constants []Later, version uint32, n int64) (found Later, ok bool) {
	known := n
	for _, c := range constants {
		switch {
		case c.Since <= version:
		case c.Kind == LaterNumber && n == c.Value:
			return c, true
		case c.Kind != LaterNumber && n&c.Value != 0:
			found, ok = c, true
			known &^= c.Value
		}
	}
	if found.Kind == LaterChoice && known != 0 {
		return Later{}, false
	}
	return found, ok
}
