//lint:file-ignore SA1019 what is deprecated takes a C long more often

package curl_test

import (
	"errors"
	"math"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// longBits is how wide a C long is here.
func longBits() int {
	if runtime.GOOS == "windows" {
		return 32
	}
	return strconv.IntSize
}

// What does not fit into a C long is refused, and says so, before libcurl sees it cut off. Where it fits it is taken.
func TestNumbersThatNeedMoreThan31Bits(t *testing.T) {
	const days = 24 * time.Hour
	late := time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, o := range map[string]opt.Option{
		"milliseconds":           opt.Timeout(25 * days),
		"until it connects":      opt.ConnectTimeout(25 * days),
		"seconds":                opt.TimeoutSeconds(70 * 366 * days),
		"of a connection's life": opt.MaxLifetimeConn(70 * 366 * days),
		"a moment":               opt.TimeValueLong(late),
		"bytes a second":         opt.LowSpeedLimit(1 << 31),
		"bytes of a file":        opt.MaxFileSizeLong(1 << 31),
		"bytes of a body":        opt.PostFieldSizeLong(1 << 31),
		"where to go on":         opt.ResumeFromLong(1 << 31),
		"raw":                    opt.RawLong(opt.IDLowSpeedLimit, 1<<31),
		"raw, negative":          opt.RawLong(opt.IDLowSpeedLimit, math.MinInt32-1),
		"a zone":                 opt.AddressScope(math.MaxUint32),
	} {
		h := handleWith(t)
		err := h.Set(opt.UserAgent("first"), o)
		if longBits() > 32 {
			// libcurl itself refuses some of these, and what is left of them.
			if bad := (*opt.ValueError)(nil); errors.As(err, &bad) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var where *curl.OptionError
		var what *opt.ValueError
		if !errors.As(err, &where) || where.Index != 1 || where.Applied || !errors.As(err, &what) || what.Option != o.ID() {
			t.Errorf("%s: %v", name, err)
		} else if !strings.Contains(err.Error(), "2147483647") && !strings.Contains(err.Error(), "2147483648") && !strings.Contains(err.Error(), "597h") {
			t.Errorf("%s: the error does not say what is accepted: %v", name, err)
		}
	}
	// The newer forms of the same take 63 bits everywhere.
	for _, o := range []opt.Option{
		opt.TimeValue(late), opt.MaxFileSize(1 << 40), opt.PostFieldSize(1 << 40), opt.ResumeFrom(1 << 40), opt.InFileSize(1 << 40),
		opt.MaxRecvSpeed(1 << 40), opt.RawOff(opt.IDMaxSendSpeed, 1<<40),
	} {
		if err := handleWith(t).Set(o); err != nil {
			t.Error(err)
		}
	}
}

// Infos say what it was, however wide a C long is.
func TestInfosThatNeedMoreThan31Bits(t *testing.T) {
	late := time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "5000000000")
		w.Header().Set("Last-Modified", late.Format(http.TimeFormat))
	})})
	h := handleWith(t, opt.URL(s.URL("/own/")), opt.NoBody(true), opt.FileTime(true))
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	wantInfo(t, h, info.ContentLengthDownload, 5000000000)
	got := infoOf(t, h, info.FileTime)
	if lastSecond := time.Unix(math.MaxInt32, 0); longBits() == 32 && got.Equal(lastSecond) {
		return // the time of such a libcurl's system ends there, as on Debian 12 for i386
	}
	if !got.Equal(late) {
		t.Errorf("the file is of %v", got)
	}
}
