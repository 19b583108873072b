package emit

import (
	"testing"
	"time"
)

func TestDefaults(t *testing.T) {
	api := load(t)
	want := map[string]string{
		"MAXREDIRS":                 "By default 30.", // ours is, before 8.3.0
		"NOPROGRESS":                "By default on.",
		"QUICK_EXIT":                "By default on.", // ours is
		"TIMEOUT_MS":                "By default 0.",
		"ACCEPTTIMEOUT_MS":          "By default 1m.",
		"CA_CACHE_TIMEOUT":          "By default 24h.",
		"MAXAGE_CONN":               "By default 1m58s.",
		"NEW_FILE_PERMS":            "By default 0644.",
		"HTTPAUTH":                  "By default [AuthBasic].",
		"SOCKS5_AUTH":               "By default [AuthBasic] | [AuthNegotiate].",
		"SSH_AUTH_TYPES":            "", // all there are
		"URL":                       "",
		"ALTSVC_CTRL":               "",
		"HTTP09_ALLOWED":            "By default off, before libcurl 7.66.0 on.",
		"REDIR_PROTOCOLS":           "By default [ProtocolHTTP] | [ProtocolHTTPS] | [ProtocolFTP] | [ProtocolFTPS].",
		"HAPPY_EYEBALLS_TIMEOUT_MS": "By default 200ms.",
	}
	for _, o := range api.Options {
		text, ok := want[o.Name]
		if got := defaultText(api, o); ok && got != text {
			t.Errorf("%s: %q, not %q", o.Name, got, text)
		}
		delete(want, o.Name)
	}
	for name := range want {
		t.Errorf("there is no option %s", name)
	}
}

func TestDurations(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 10 * time.Second: "10s", time.Minute: "1m", 20 * time.Minute: "20m", time.Hour: "1h", 90 * time.Minute: "1h30m",
		time.Hour + time.Second: "1h0m1s", 1500 * time.Millisecond: "1.5s",
	} {
		if got := durationText(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
}
