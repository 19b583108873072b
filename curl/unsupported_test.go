package curl

import (
	"errors"
	"testing"
)

func TestUnsupportedError(t *testing.T) {
	for want, e := range map[string]*UnsupportedError{
		"CURLOPT_ECH needs libcurl 8.8.0, running 7.88.1":           {"CURLOPT_ECH", "8.8.0", "7.88.1"},
		"curl_ws_send is not built into the running libcurl 8.14.1": {"curl_ws_send", "", "8.14.1"},
	} {
		if e.Error() != want {
			t.Errorf("%q, want %q", e, want)
		}
		if !errors.Is(e, ErrUnsupported) || !errors.Is(e, errors.ErrUnsupported) || errors.Is(e, ErrLoad) {
			t.Errorf("%v matches the wrong sentinels", e)
		}
	}
}

func TestUnsupportedComparesWithTheRunningVersion(t *testing.T) {
	if !inChild(t) {
		return
	}
	v := loaded(t, "")
	if e := unsupported("CURLOPT_X", v.Num+1); e.Need == "" || e.Running == "" {
		t.Errorf("newer than the running one: %+v", e)
	}
	if e := unsupported("CURLOPT_X", v.Num); e.Need != "" {
		t.Errorf("not built in: %+v", e)
	}
}
