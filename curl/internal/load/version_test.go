package load

import "testing"

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]Version{
		"libcurl/8.22.0 OpenSSL/3.0.22 zlib/1.2.13": 0x081600,
		"libcurl/7.61.1":                       0x073d01,
		"libcurl/8.23.0-DEV GnuTLS/3.8.9":      0x081700,
		"libcurl/7.84.0-IMPERSONATE BoringSSL": 0x075400,
	} {
		if got, ok := parseVersion(text); !ok || got != want {
			t.Errorf("parseVersion(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "libcurl/", "libcurl/8.22", "curl/8.22.0", "libcurl/8.999.0", "libcurl/x.y.z"} {
		if got, ok := parseVersion(text); ok {
			t.Errorf("parseVersion(%q) = %v", text, got)
		}
	}
}

func TestVersionText(t *testing.T) {
	if got := Version(0x075801).String(); got != "7.88.1" {
		t.Error(got)
	}
}
