package curl

import "fmt"

// ErrShareClosed: the share is closed. It matches ErrClosed, too, and comes in a *StateError.
var ErrShareClosed error = shareClosed{}

type shareClosed struct{}

func (shareClosed) Error() string        { return "the share is closed; make a new one" }
func (shareClosed) Is(target error) bool { return target == ErrClosed }

// InUseError refuses to close a share: members are in a transfer, keep a connection to Send on, or are inside some other
// call. Nothing has changed. It matches ErrBusy.
type InUseError struct {
	InUse   int // members that are in use
	Members int // of how many
}

func (e *InUseError) Error() string {
	return fmt.Sprintf("curl: Close of a share: %d of its %d members are in use, and all still share; "+
		"wait for their transfers, or Close them", e.InUse, e.Members)
}

// Is matches ErrBusy.
func (e *InUseError) Is(target error) bool { return target == ErrBusy }

// KindError refuses a share without kinds, or with one that is none of the constants.
type KindError struct {
	Op   string // "NewShare"
	Kind string // "" when there was none
}

func (e *KindError) Error() string {
	if e.Kind == "" {
		return "curl: " + e.Op + ": a share of nothing; name what is to be shared, as in curl.NewShare(curl.ShareDNS)"
	}
	return "curl: " + e.Op + ": " + e.Kind + " is no kind of data that can be shared"
}

// checkKind refuses what is none of the constants. A pointer to one is a Kind as well, and none that a share would find again.
func checkKind(op string, k Kind) error {
	switch k.(type) {
	case ConcurrentKind, ConfinedKind:
		if _, ok := k.facts(); !ok {
			return &KindError{Op: op, Kind: k.String()}
		}
		return nil
	}
	return &KindError{Op: op, Kind: fmt.Sprintf("a %T", k)}
}
