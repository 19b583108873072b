package curl

import (
	"slices"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// rule is what Set needs to know of one option, in a form that costs a few nanoseconds to ask.
type rule struct {
	class    opt.Class
	plain    bool   // a number or string of this option needs no look at the rest
	later    bool   // some of its constants are newer than the running libcurl
	known    bool   // in our table
	missing  bool   // the running libcurl is older than the option, and there is no fallback
	live     bool   // libcurl re-reads it during a transfer
	calls    bool   // setting it can enter a callback; it is about cookies, HSTS or Alt-Svc, which outlive a reset
	fallback opt.ID // what to set instead on this libcurl, 0: the option itself
}

// rules are filled once, when libcurl is loaded.
var rules struct {
	once  sync.Once
	at    []rule    // by the option's number without its type
	newer []info.ID // keys that the running libcurl lacks
}

// number is the part of an option's number that is unique by itself.
func number(id opt.ID) int {
	if id < 10000 { // a long: most are, and this is what Set asks most
		return int(uint32(id))
	}
	return int(id % 10000)
}

func loadRules() {
	rules.once.Do(func() {
		running := capi.VersionNum()
		noteWebSocket()
		for m := range opt.All() {
			n := number(m.ID)
			for n >= len(rules.at) {
				rules.at = append(rules.at, rule{})
			}
			r := rule{class: m.Class, known: true, live: m.Live, calls: m.Calls, missing: m.Since > running}
			if r.missing && m.Fallback != 0 {
				if f, ok := opt.Lookup(m.Fallback); ok && f.Since <= running {
					r.missing, r.fallback = false, m.Fallback
				}
			}
			r.later = slices.ContainsFunc(laterOf(m), func(c opt.Later) bool { return c.Since > running })
			r.plain = !r.missing && !r.later && !r.calls && r.fallback == 0 && m.ID != opt.IDVerbose && !isOneLine(m.ID)
			rules.at[n] = r
		}
		for m := range info.All() {
			if m.Since > running {
				rules.newer = append(rules.newer, m.ID)
			}
		}
	})
}

// ruleOf returns the rule of an option in our table, or one that knows nothing.
func ruleOf(id opt.ID) *rule {
	if n := uint(number(id)); n < uint(len(rules.at)) && rules.at[n].known {
		return &rules.at[n]
	}
	return &noRule
}

var noRule rule
