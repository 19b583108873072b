package curl

import (
	"maps"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// The TLS libraries of real builds of libcurl are found where libcurl has them, and asked. Those without locks of their
// own are worked with as the stand-ins are.
func TestLocksOfRealTLSLibraries(t *testing.T) {
	libraries := maps.Clone(testLibraries())
	if !(capi.Library{}).Linked() {
		for _, f := range flavours(t) {
			if f.loader == "-" && (strings.Contains(f.name, "mbedtls") || strings.Contains(f.name, "wolfssl")) {
				libraries[f.name] = f.library
			}
		}
	}
	for name, path := range libraries {
		t.Run(name, func(t *testing.T) {
			if !inChild(t, beside(path)) {
				return
			}
			v := loaded(t, path)
			for i, lib := range v.TLS {
				t.Logf("%+v", lib)
				asked := lib.Name == TLSMbedTLS || lib.Name == TLSWolfSSL || lib.Name == TLSOpenSSL && opensslBefore110(lib.Version)
				switch {
				case lib.Backend == 0:
					t.Errorf("the number of %s is not known", lib.Name)
				case !asked && (lib.Threads != TLSLocksItself || lib.Locks != TLSLocksNone || lib.Asked != ""):
					t.Errorf("%s locks by itself, and is taken for %+v", lib.Name, lib)
				case asked && (lib.Threads == TLSThreadsUnknown || lib.Asked == ""):
					t.Errorf("%s was not found or does not answer: %+v", lib.Name, lib)
				case i == 0 && lib.Locks == TLSLocksAround:
					crowdOfHandshakes(t)
					takeTurns(t)
				}
			}
		})
	}
}
