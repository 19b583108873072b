package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiDroppedIsReportedAndReaped together with its members, whose callbacks refer to it.
func TestMultiDroppedIsReportedAndReaped(t *testing.T) {
	warmUp(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	kept := stateEasy(t, opt.URL(s.URL("/slow?gate=dropped")))
	drops, files := countDrops(t), testserver.OpenFiles()
	func() {
		m, err := curl.NewMulti()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, route := range []string{"/", "/slow?gate=dropped"} {
			h, err := curl.New(opt.URL(s.URL(route)), opt.NoProxy("*"))
			if err != nil {
				t.Fatal(err)
			}
			setAll(t, h, opt.WriteFunction(func(p []byte) error { got += len(p); m.Handles(); return nil }))
			addAll(t, m, h)
		}
		addAll(t, m, kept)
		runUntil(t, m, "some bytes", func() bool { return got >= 7 })
	}()
	reached(t, "three warnings", func() bool { return drops.n.Load() == 3 })
	reached(t, "as few descriptors as before", func() bool { return testserver.OpenFiles() <= files })
	s.Gate("dropped").Open()
	reached(t, "the member that was not dropped is free", func() bool { return kept.Set(opt.UserAgent("x")) == nil })
	if got, err := kept.Fetch(t.Context()); err != nil || string(got) != "12" {
		t.Errorf("the member that was not dropped: %q, %v", got, err)
	}
}
