package curl_test

//lint:file-ignore SA1019 deprecated callbacks have to work as well

import (
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Progress is reported in both forms, with totals and with what was moved.
func TestProgress(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var last opt.Progress
	xferinfo := opt.XferInfoFunction(func(p opt.Progress) error {
		if p.Downloaded < last.Downloaded || p.Uploaded < last.Uploaded {
			t.Errorf("from %+v to %+v", last, p)
		}
		last = p
		return nil
	})
	progress := opt.ProgressFunction(func(dltotal, dlnow, ultotal, ulnow float64) error {
		last = opt.Progress{DownloadTotal: int64(dltotal), Downloaded: int64(dlnow), UploadTotal: int64(ultotal), Uploaded: int64(ulnow)}
		return nil
	})
	want := opt.Progress{DownloadTotal: 5, Downloaded: 5, UploadTotal: 5, Uploaded: 5}
	none := opt.Progress{}
	h := easy(t, opt.URL(s.URL("/echo-body")), opt.Upload(true), opt.InFileSize(5), opt.HTTPHeader([]string{"Expect:"}))
	// Each step leaves the functions of the steps before it; libcurl prefers the newer form.
	for _, step := range []struct {
		name    string
		options []opt.Option
		want    opt.Progress
	}{
		{"off", []opt.Option{xferinfo, progress}, none},
		{"on", []opt.Option{opt.NoProgress(false)}, want},
		{"old form alone", []opt.Option{opt.XferInfoFunction(nil)}, want},
		{"neither", []opt.Option{opt.ProgressFunction(nil)}, none},
		{"old form set while on", []opt.Option{progress}, want},
		{"new form set while on", []opt.Option{opt.ProgressFunction(nil), xferinfo}, want},
		{"off again", []opt.Option{opt.NoProgress(true)}, none},
	} {
		last = none
		setAll(t, h, append(step.options, opt.ReadFunction(strings.NewReader("12345").Read))...)
		perform(t, h)
		if last != step.want {
			t.Errorf("%s: progress is %+v, want %+v", step.name, last, step.want)
		}
	}
}
