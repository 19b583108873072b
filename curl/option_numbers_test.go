package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refusedNumber is a number that only some TLS libraries take.
func refusedNumber(t *testing.T) opt.Option {
	h := newHandle(t)
	//lint:ignore SA1019 what is deprecated is refused most
	for _, o := range []opt.Option{opt.SSLFalseStart(true), opt.SSLVerifyStatus(true)} {
		if errors.Is(h.Set(o), codes.NotBuiltIn) {
			return o
		}
	}
	t.Skip("this libcurl refuses no number that gocurl accepts")
	return opt.Option{}
}

// Batches of nothing but numbers take a way of their own to libcurl; what they do and answer is the same.
func TestABatchOfNumbersStopsWhereLibcurlRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	bad := refusedNumber(t)
	numbers := []opt.Option{opt.FollowLocation(true), opt.MaxFileSize(1 << 40), bad, opt.FollowLocation(false)}
	mixed := append([]opt.Option{opt.UserAgent("agent")}, numbers...)
	for i, batch := range [][]opt.Option{numbers, mixed} {
		h := newHandle(t, opt.URL(s.URL("/redirect/1")))
		err := h.Set(batch...)
		var oe *curl.OptionError
		if !errors.As(err, &oe) || oe.Index != i+2 || oe.Option != bad.ID() || !oe.Applied || !errors.Is(err, codes.NotBuiltIn) {
			t.Fatalf("batch %d: %#v", i, err)
		}
		if err := h.Perform(t.Context()); err != nil {
			t.Fatal(err)
		}
		if status, err := curl.Info(h, info.ResponseCode); status != 200 || err != nil {
			t.Errorf("batch %d: status %d, %v: the options before the refused one are to stay, those behind it not to be set", i, status, err)
		}
	}
}

func TestNumbersAreSetOnNoOtherHandle(t *testing.T) {
	closed := newHandle(t)
	closed.Close()
	for name, h := range map[string]*curl.Easy{"closed": closed, "zero": {}} {
		if err := h.Set(opt.MaxRedirs(1), opt.FollowLocation(true)); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
		if err := h.Set(opt.MaxRedirs(1), opt.BufferSize(-1)); errors.Is(err, curl.ErrClosed) || err == nil {
			t.Errorf("%s: a bad value comes before the state: %v", name, err)
		}
	}
}

// A number that means something to the runtime as well does not slip past it, alone or among others.
func TestWatchedNumbersAreStillSeen(t *testing.T) {
	h := newHandle(t, opt.PostFields([]byte("four")))
	for _, batch := range [][]opt.Option{{opt.PostFieldSize(5)}, {opt.MaxRedirs(1), opt.PostFieldSize(5)}} {
		if err := h.Set(batch...); !errors.Is(err, codes.BadFunctionArgument) {
			t.Errorf("%v: %v, with four bytes of post data", batch, err)
		}
	}
}
