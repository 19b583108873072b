package curl

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What C watches is what the generator does not mark as plain: gocurl_watched of capi/apply.c, and meant of
// gen/emit/opt_setter.go.
func TestNoWatchedNumberIsPlain(t *testing.T) {
	loadedHere(t)
	watched := map[opt.ID]opt.Option{}
	for _, o := range []opt.Option{
		opt.Verbose(true), opt.NoProgress(true), opt.PostFieldSize(1), opt.PostFieldSizeLong(1), opt.MaxConnects(1), opt.HTTPAuth(opt.AuthBasic),
		opt.ConnectOnly(opt.ConnectOnlyTransport), opt.WildcardMatch(true), opt.UploadBufferSize(1 << 20), opt.UseSSL(opt.UseSSLAll),
		opt.HSTSControl(0),
	} {
		watched[o.ID()] = o
		if opt.PlainNumbers([]opt.Option{o}) {
			t.Errorf("%s is marked as plain", o.ID())
		}
	}
	for m := range opt.All() {
		if _, here := watched[m.ID]; capi.Watched(int32(m.ID)) != here {
			t.Errorf("%s is watched: %v; this test has it: %v", m.Name, !here, here)
		}
	}
}
