package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// During a transfer, a batch with one option that libcurl does not read again is refused whole, and from outside the
// handle's callbacks everything is.
func TestSetDuringATransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var inside, mixed, unset, outside []error
	var h *curl.Easy
	h = newHandle(t, opt.URL(s.URL("/redirect/1")), opt.FollowLocation(true), opt.HeaderFunction(func([]byte) error {
		inside = append(inside, h.Set(opt.AutoReferer(false)), h.Unset(opt.IDAutoReferer))
		mixed = append(mixed, h.Set(opt.AutoReferer(true), opt.UserAgent("late")), h.Set(opt.HTTPHeader([]string{"X-Late: yes"})),
			h.Unset(opt.IDAutoReferer, opt.IDUserAgent))
		unset = append(unset, h.Unset(opt.IDUserAgent))
		done := make(chan error)
		go func() { done <- h.Set(opt.AutoReferer(true)) }()
		outside = append(outside, <-done)
		go func() { done <- h.Unset(opt.IDAutoReferer) }()
		outside = append(outside, <-done)
		return nil
	}))
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(inside...); err != nil {
		t.Errorf("live options: %v", err)
	}
	for name, errs := range map[string][]error{"mixed": mixed, "unset": unset, "outside": outside} {
		for _, err := range errs {
			var refused *curl.StateError
			if !errors.Is(err, curl.ErrBusy) || !errors.As(err, &refused) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	second := s.Requests()[1].Header
	if second.Get("Referer") != "" || second.Get("User-Agent") != "" || second.Get("X-Late") != "" {
		t.Errorf("a refused batch had an effect: %v", second)
	}
}
