package curl

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

func TestVersion(t *testing.T) {
	for name, path := range testLibraries() {
		t.Run(name, func(t *testing.T) {
			if !inChild(t, beside(path)) {
				return
			}
			v := loaded(t, path)
			t.Logf("%s\n%s", v.Library, v.Text)
			if path != "" {
				wantSameFile(t, v.Library, path)
			}
			number := fmt.Sprintf("%d.%d.%d", v.Num>>16, v.Num>>8&0xff, v.Num&0xff)
			if !strings.HasPrefix(v.Version, number) || !strings.HasPrefix(v.Text, "libcurl/"+v.Version) {
				t.Errorf("version %q, number %s, text %q", v.Version, number, v.Text)
			}
			if v.Num != capi.VersionNum() || !v.AtLeast(7, 61, 1) || v.AtLeast(255, 0, 0) {
				t.Errorf("number %#x", v.Num)
			}
			if v.Host == "" || !slices.Contains(v.Protocols, "http") {
				t.Errorf("host %q, protocols %q", v.Host, v.Protocols)
			}
			if v.Features.Has(FeatureSSL) != (len(v.TLS) > 0) || v.Features.Has(FeatureMultiSSL) != (len(v.TLS) > 1) {
				t.Errorf("features %q, TLS %+v", v.Features, v.TLS)
			}
			for _, c := range []struct {
				feature   Feature
				component Component
			}{
				{FeatureLibz, v.Zlib}, {FeatureBrotli, v.Brotli}, {FeatureZstd, v.Zstd}, {FeatureIDN, v.IDN},
			} {
				number := c.component.Version != "" && c.component.Version[0] <= '9'
				if v.Features.Has(c.feature) != number {
					t.Errorf("feature %s: %v, component %+v", c.feature, v.Features.Has(c.feature), c.component)
				}
			}
			if v.AtLeast(7, 66, 0) && v.Features.Has(FeatureHTTP2) != (v.NGHTTP2.Version != "") {
				t.Errorf("HTTP2 %v, nghttp2 %+v", v.Features.Has(FeatureHTTP2), v.NGHTTP2)
			}
		})
	}
}

// The table of bits is ours; a libcurl that has names as well must agree with it.
func TestFeatureBitsAgreeWithFeatureNames(t *testing.T) {
	for name, path := range testLibraries() {
		t.Run(name, func(t *testing.T) {
			if !inChild(t, beside(path)) {
				return
			}
			loaded(t, path)
			raw := capi.Running()
			if raw.FeatureNames == nil {
				t.Skip("this libcurl is older than feature names: ", raw.Version)
			}
			var named []string
			for _, feature := range raw.FeatureNames {
				if slices.Contains(featureBits[:], Feature(feature)) {
					named = append(named, feature)
				}
			}
			slices.Sort(named)
			var bits []string
			for _, feature := range featuresOf(raw.Features, nil) {
				bits = append(bits, string(feature))
			}
			if diff := cmp.Diff(named, bits); diff != "" {
				t.Errorf("names without bit (-), bits without name (+):\n%s", diff)
			}
		})
	}
}

func TestFeatureBitsAreComplete(t *testing.T) {
	retired := []string{"CURL_VERSION_KERBEROS4", "CURL_VERSION_GSSNEGOTIATE"}
	table, err := os.ReadFile("../headers/symbols.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(table)) {
		column := strings.Split(line, "\t")
		if !strings.HasPrefix(column[0], "CURL_VERSION_") || slices.Contains(retired, column[0]) {
			continue
		}
		seen++
		value, err := strconv.ParseUint(column[1], 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		if set := featuresOf(uint32(value), nil); len(set) != 1 {
			t.Errorf("%s is %d, which stands for the features %q", column[0], value, set)
		}
	}
	if seen < 29 {
		t.Errorf("headers/symbols.tsv has only %d features", seen)
	}
}

func TestParseTLS(t *testing.T) {
	tls := func(name, version, detail string) TLSLibrary {
		return TLSLibrary{Name: name, Version: version, Detail: detail, Backend: tlsBackends[name]}
	}
	for text, want := range map[string][]TLSLibrary{
		"":                                      nil,
		"OpenSSL/3.0.22":                        {tls("OpenSSL", "3.0.22", "")},
		"OpenSSL/1.1.1w":                        {tls("OpenSSL", "1.1.1w", "")},
		"LibreSSL/4.2.1":                        {tls("LibreSSL", "4.2.1", "")},
		"AWS-LC/5.1.0":                          {tls("AWS-LC", "5.1.0", "")},
		"BoringSSL":                             {tls("BoringSSL", "", "")},
		"BearSSL":                               {tls("BearSSL", "", "")},
		"rustls-ffi/0.15.3/rustls/0.23.42/ring": {tls("rustls-ffi", "0.15.3", "rustls/0.23.42/ring")},
		"Secure Transport":                      {tls("Secure Transport", "", "")},
		"NSS/3.15.4 Basic ECC":                  {tls("NSS", "3.15.4", "Basic ECC")},
		"(SecureTransport) LibreSSL/3.3.6":      {tls("LibreSSL", "3.3.6", ""), tls("SecureTransport", "", "")},
		"OpenSSL/3.0.8 (Schannel)":              {tls("OpenSSL", "3.0.8", ""), tls("Schannel", "", "")},
		"(wolfSSL/5.9.2) GnuTLS/3.7.9 (mbedTLS/3.6.7) (OpenSSL/3.0.22)": {tls("GnuTLS", "3.7.9", ""),
			tls("wolfSSL", "5.9.2", ""), tls("mbedTLS", "3.6.7", ""), tls("OpenSSL", "3.0.22", "")},
		"GnuTLS/3.7.1 (OpenSSL/1.1.1w) (NSS/3.": {tls("GnuTLS", "3.7.1", ""), tls("OpenSSL", "1.1.1w", ""), tls("NSS", "3.", "")},
	} {
		if diff := cmp.Diff(want, parseTLS(text)); diff != "" {
			t.Errorf("parseTLS(%q):\n%s", text, diff)
		}
	}
}

// shortVersionInfo is libcurl 7.61.1 with the structure that it had, the fifth age, at the end of a page after which
// nothing can be read.
const shortVersionInfo = `
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
struct info {
	int age; const char *version; unsigned num; const char *host; int features; const char *ssl; long sslnum;
	const char *libz; const char *const *protocols; const char *ares; int aresnum; const char *idn; int iconv;
	const char *ssh; unsigned brotlinum; const char *brotli;
};
static const char *const protocols[] = { "http", "https", 0 };
int curl_global_init(long flags) { return 0; }
int curl_global_init_mem(long flags, void *m, void *f, void *r, void *s, void *c) { return 0; }
char *curl_version(void) { return "libcurl/7.61.1 LibreSSL/2.7.4 brotli/1.0.4"; }
void *curl_version_info(int age) {
	long page = sysconf(_SC_PAGESIZE);
	char *p = mmap(0, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct info i = { 4, "7.61.1", 0x073d01, "stand-in", 1 << 2 | 1 << 30, "LibreSSL/2.7.4", 0, "1.2.11", protocols,
		0, 0, 0, 0, "libssh2/1.8.0", 0x1000004, "1.0.4" };
	mprotect(p + page, page, PROT_NONE);
	return memcpy(p + page - sizeof i, &i, sizeof i);
}
`

func TestNothingIsReadBehindAnOldVersionInfo(t *testing.T) {
	skipIfLinked(t)
	if !inChild(t) {
		return
	}
	path := standIn(t, shortVersionInfo, "curl_global_init", "curl_global_init_mem", "curl_version", "curl_version_info")
	want := VersionInfo{
		Version: "7.61.1", Num: 0x073d01, Text: "libcurl/7.61.1 LibreSSL/2.7.4 brotli/1.0.4", Library: path,
		Host: "stand-in", Features: Features{FeatureSSL, FeatureThreadSafe}, Protocols: []string{"http", "https"},
		TLS:  []TLSLibrary{{Name: "LibreSSL", Version: "2.7.4", Backend: info.TLSOpenSSL, Threads: TLSLocksItself, Locks: TLSLocksNone}},
		Zlib: Component{"1.2.11", 0}, SSH: Component{"libssh2/1.8.0", 0},
		Brotli: Component{"1.0.4", 0x1000004},
	}
	if diff := cmp.Diff(want, loaded(t, path)); diff != "" {
		t.Error(diff)
	}
}
