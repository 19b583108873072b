package curl_test

import (
	"fmt"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A write function that pauses and a progress function that resumes is how many programs in C do it. On an engine libcurl has
// read on meanwhile, a short body to its end: it has nothing to report any more.
func TestEngineProgressFunctionResumesWhatIsHeldBack(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, size := range []int{5, 3_000_000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			held, got, reports := false, 0, 0
			var h *curl.Easy
			h = engineHandle(t, newEngine(t, curl.EngineConfig{}), opt.URL(s.URL(fmt.Sprint("/bytes/", size))), opt.NoProgress(false),
				opt.WriteFunction(func(p []byte) error {
					if got == 0 && !held {
						held = true
						return opt.ErrPause
					}
					got += len(p)
					return nil
				}),
				opt.XferInfoFunction(func(p opt.Progress) error {
					if held && got == 0 {
						reports++
						if p.Downloaded == 0 {
							t.Error("nothing is said to have been received")
						}
						return h.Resume(curl.Receiving)
					}
					return nil
				}))
			if err := h.Perform(bounded(t)); err != nil || got != size || reports == 0 {
				t.Errorf("%d bytes after %d reports while data was held back, %v", got, reports, err)
			}
		})
	}
}
