package curl

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestEngineIsMadeAnewWhenItsWaitsFail: an engine whose waits the system refused tried again for ever. Its transfers end with the
// error, and the next ones have another loop; so does a handle on its own.
func TestEngineIsMadeAnewWhenItsWaitsFail(t *testing.T) {
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		library := filepath.Join(t.TempDir(), "libnopoll.so")
		compileC(t, "-o", library, "internal/driver/testdata/nopoll.c", "-ldl")
		inChild(t, "GOCURL_LIBRARY="+libraryInUse(), "LD_PRELOAD="+library, "GOCURL_TEST_POLLS=6",
			"ASAN_OPTIONS=verify_asan_link_order=0:"+os.Getenv("ASAN_OPTIONS"))
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := lifecycleEasy(t, opt.URL(s.URL("/slow")))
	if driverConfig().Polling && capi.VersionNum() < 0x075400 {
		t.Skip("this libcurl says nothing of waits that fail")
	}
	g, err := NewEngine(EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(ctx)
	fails := func(who string) {
		t.Helper()
		var failed *Error
		if err := h.Perform(ctx); !errors.As(err, &failed) || !errors.Is(err, codes.MultiUnrecoverablePoll) {
			t.Errorf("%s: %v", who, err)
		}
	}
	fails("on its own")
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	fails("on the engine")
	s.Gate("").Open()
	works := func(who string) {
		t.Helper()
		if body, err := h.Fetch(ctx); err != nil || len(body) != 2 {
			t.Errorf("%s, afterwards: %q, %v", who, body, err)
		}
	}
	works("on the engine")
	if err := g.Detach(h); err != nil {
		t.Fatal(err)
	}
	works("on its own")
}
