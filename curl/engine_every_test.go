package curl_test

import (
	"context"
	"os"
	"regexp"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
)

// With GOCURL_TEST_ENGINE set, the handles of all tests run on engines, one for each test: Perform is to be the same with
// and without. CI runs the tests both ways.
var everyEngine struct {
	sync.Mutex
	of map[string]*curl.Engine // by the test's name
}

// elsewhereToo matches the tests that put handles into shares, multis and engines themselves, and one that is about
// connections of a handle's own.
var elsewhereToo = regexp.MustCompile("Multi|Share|Confined|Engine|Input|Body|Open|Read|KeepsTheStateTable|" +
	"DebugFunctionRunsAMember|DebugLinesUnderALock|BesideDebugFunction|UpkeepPings|FramesInTheWriteFunction")

// privately skips a test of what is different on an engine, and says in which test that is.
func privately(t testing.TB, difference string) {
	t.Helper()
	if os.Getenv("GOCURL_TEST_ENGINE") != "" {
		t.Skip("different on an engine: " + difference)
	}
}

// attachToo puts a test's handle on the engine of the test, when all are to be.
func attachToo(t testing.TB, h *curl.Easy) {
	t.Helper()
	if os.Getenv("GOCURL_TEST_ENGINE") == "" || elsewhereToo.MatchString(t.Name()) {
		return
	}
	e := &everyEngine
	e.Lock()
	defer e.Unlock()
	g := e.of[t.Name()]
	if g == nil {
		var err error
		if g, err = curl.NewEngine(curl.EngineConfig{}); err != nil {
			t.Fatal(err)
		}
		if e.of == nil {
			e.of = map[string]*curl.Engine{}
		}
		e.of[t.Name()] = g
		t.Cleanup(func() {
			e.Lock()
			delete(e.of, t.Name())
			e.Unlock()
			if err := g.Close(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
}
