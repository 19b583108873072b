//go:build linux

package protocols

import (
	"slices"
	"strings"
	"testing"
)

// points are what is to be tried with every protocol.
var points = []string{"download", "upload", "listing", "resume", "cancellation", "wrong password", "server gone half-way"}

// otherwise says which points a try is that is called otherwise.
var otherwise = map[string][]string{
	"download with a ticket":              {"download"},
	"no ticket":                           {"wrong password"},
	"login of a connection":               {"download"},
	"wrong key":                           {"wrong password"},
	"wrong token":                         {"wrong password"},
	"upload after a refusal":              {"upload"},
	"proxy gone half-way":                 {"server gone half-way"},
	"part of a mail":                      {"resume"},
	"publish, subscribe and cancellation": {"download", "upload", "cancellation"},
	"search":                              {"download"},
	"server gone":                         {"server gone half-way"},
	"session":                             {"download", "upload"},
	"definition":                          {"download"},
	"match":                               {"listing"},
	"messages":                            {"download", "upload"},
	"announce and describe":               {"download", "upload"},
}

// blank is why points are not tried with the rows whose names begin, or end, so.
type blank struct {
	begins, ends string
	points, why  string
}

// blanks has them in an order in which the first that fits a row and a point counts.
var blanks = []blank{
	{"HTTP with ", "", "resume, cancellation, server gone half-way", "as without a login"},
	{"HTTP with ", "", "upload", "as with Basic and Digest"},
	{"SOCKS4", "", "wrong password", "SOCKS 4 has none"},
	{"", " proxy", "upload, resume, cancellation", "as without a proxy"},
	{"SOCKS5 proxy that resolves", "", "upload, resume, cancellation", "as without a proxy"},
	{"HTTP", "", "listing", "HTTP has none"},
	{"SOCKS", "", "listing", "HTTP has none"},
	{"SCP", "", "listing, resume", "SCP has none"},
	{"SMTP", "", "download, listing, resume", "SMTP only sends"},
	{"POP3", "", "upload, resume", "POP3 has none"},
	{"MQTT", "", "listing, resume", "MQTT has none"},
	{"LDAP", "", "upload, listing, resume", "libcurl only searches"},
	{"SMB", "", "listing, resume", "libcurl has none"},
	{"TFTP", "", "listing, resume, wrong password", "TFTP has none"},
	{"TELNET", "", "listing, resume", "TELNET has none"},
	{"TELNET", "", "wrong password", "typed in the session"},
	{"DICT", "", "upload, resume, wrong password", "libcurl has none"},
	{"GOPHER", "", "upload, resume, wrong password", "Gopher has none"},
	{"FILE", "", "wrong password, server gone half-way", "there is no server"},
	{"WebSocket", "", "listing, resume", "WebSocket has none"},
	{"WebSocket", "", "wrong password", "the server has none"},
	{"RTSP", "", "listing, resume", "RTSP has none"},
	{"RTSP", "", "wrong password", "the server has none"},
}

// tried says whether one of the row's tries is the point.
func (r row) tried(point string) bool {
	return slices.ContainsFunc(r.tries, func(t try) bool { return t.what == point || slices.Contains(otherwise[t.what], point) })
}

// blank says why the point is not tried, "" when nothing says so.
func (r row) blank(point string) string {
	for _, b := range blanks {
		if strings.HasPrefix(r.what, b.begins) && strings.HasSuffix(r.what, b.ends) && slices.Contains(strings.Split(b.points, ", "), point) {
			return b.why
		}
	}
	return ""
}

// blanks is what the page says of the points that are not tried.
func (r row) blanks() string {
	var all []string
	for _, point := range points {
		if r.tried(point) {
			continue
		}
		why := r.blank(point)
		if last := len(all) - 1; last >= 0 && strings.HasSuffix(all[last], " ("+why+")") {
			all[last] = strings.TrimSuffix(all[last], " ("+why+")") + ", " + point + " (" + why + ")"
			continue
		}
		all = append(all, point+" ("+why+")")
	}
	return strings.Join(all, "; ")
}

func TestEveryPointIsTriedOrCannotBe(t *testing.T) {
	for _, r := range rows() {
		for _, point := range points {
			if !r.tried(point) && r.blank(point) == "" {
				t.Errorf("%s with %s: %s is not tried, and nothing says why", r.what, r.server, point)
			}
		}
	}
	for _, b := range blanks {
		for _, point := range strings.Split(b.points, ", ") {
			if !slices.ContainsFunc(rows(), func(r row) bool { return !r.tried(point) && r.blank(point) == b.why }) {
				t.Errorf("%s%s: %s is excused, and there is no such row without it", b.begins, b.ends, point)
			}
		}
	}
}
