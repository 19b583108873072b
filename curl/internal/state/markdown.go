package state

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Markdown renders the table and its vocabulary as the page that users read.
// States with the same verdicts throughout share one table.
func Markdown() string {
	var b strings.Builder
	b.WriteString("<!-- Written by `go test ./curl/internal/state -update`; do not edit. -->\n\n" +
		"# What may be called when\n\n" +
		"Every method of a handle may be called at any time from any goroutine. What happens depends on\n" +
		"two things only: the state of the handle, and where the caller stands, seen from that handle and\n" +
		"its driver (what runs its transfers). It is the same with every version of libcurl.\n")
	glossary(&b, "State of the handle", states[:])
	glossary(&b, "Where the caller stands", situations[:])
	b.WriteString("\nWhere several apply, the last one counts. Without a running transfer there is no own callback;\n" +
		"the tables then repeat the nested one.\n")
	glossary(&b, "Verdict", verdicts[Do:])
	for st := range States {
		if first(st) == st {
			stateTable(&b, st, "handle", Op.OfHandle)
		}
	}
	b.WriteString("\n## Multi\n\nA multi is idle without members and attached with some. It is in flight while Perform, SocketAction, SocketAll, Poll or\n" +
		"Wait is in progress: whoever calls one of them drives it.\n")
	for _, st := range []State{Idle, InFlight, Draining} {
		stateTable(&b, st, "multi", Op.OfMulti)
	}
	b.WriteString("\n## URL\n\nA URL is idle while it is attached to no handle and attached while it is. It is in flight while one of its handles is, or has\n" +
		"another call in progress.\n")
	for _, st := range []State{Idle, InFlight, Closed} {
		stateTable(&b, st, "URL", Op.OfURL)
	}
	reasons(&b)
	return b.String()
}

func glossary(b *strings.Builder, title string, terms []term) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, t := range terms {
		fmt.Fprintf(b, "- **%s**: %s\n", t.name, t.means)
	}
}

// first returns the first state whose verdicts equal those of st.
func first(st State) State {
	for s := range st {
		if alike(s, st) {
			return s
		}
	}
	return st
}

func alike(s, t State) bool {
	for op := range Ops {
		if cells[op][s] != cells[op][t] {
			return false
		}
	}
	return true
}

// stateTable writes the verdicts of all states that are like st, for the operations of one kind of object.
func stateTable(b *strings.Builder, st State, object string, of func(Op) bool) {
	var names []string
	for s := range States {
		if first(s) == st {
			names = append(names, s.String())
		}
	}
	switch {
	case object == "handle":
	case st == Idle:
		names = []string{Idle.String(), Attached.String()}
	case object == "URL":
		names = []string{st.String()}
	}
	fmt.Fprintf(b, "\n## While the %s is %s\n\n", object, strings.Join(names, " or "))
	w := tabwriter.NewWriter(b, 0, 0, 1, ' ', 0)
	head, rule := "|\t", "|---\t"
	for sit := range Situations {
		head += "| " + sit.String() + "\t"
		rule += "|---\t"
	}
	fmt.Fprintf(w, "%s|\n%s|\n", head, rule)
	for op := range Ops {
		if !of(op) {
			continue
		}
		fmt.Fprintf(w, "| %s\t", op)
		for sit := range Situations {
			fmt.Fprintf(w, "| %s\t", Decide(op, st, sit))
		}
		fmt.Fprint(w, "|\n")
	}
	w.Flush() // a strings.Builder takes everything
}

func reasons(b *strings.Builder) {
	b.WriteString("\n## What each row stands for, and why\n\n")
	for op := range Ops {
		o := ops[op]
		switch {
		case op.OfMulti():
			fmt.Fprintf(b, "- **%s** of a multi", o.name)
		case op.OfURL():
			fmt.Fprintf(b, "- **%s** of a URL", o.name)
		default:
			fmt.Fprintf(b, "- **%s**", o.name)
		}
		if o.covers != "" {
			fmt.Fprintf(b, " (%s)", o.covers)
		}
		fmt.Fprintf(b, ": %s\n", o.why)
	}
}
