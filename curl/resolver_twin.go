package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// makeTwin makes a C handle with the same options and cookies. Connections, TLS sessions and what HSTS and Alt-Svc have
// learned since their files were read stay behind: libcurl only copies them with the connection pool, or not at all.
// Without memory there is no twin, and the transfer cannot be left.
func (l *lookup) makeTwin() {
	key := slots.put(l.h) // its callbacks are not heard before it is the handle's own
	l.twin, _ = l.h.cell.Clone(key)
	if !l.twin.Valid() {
		slots.drop(key)
		return
	}
	l.twinKey = key
	if l.share != nil {
		l.twin.SetShare(l.share.c)
		l.share.join(nil)
	}
	if !l.share.has(ShareCookies) {
		copyCookies(l.twin, l.h.cell)
	}
}

func (l *lookup) dropTwin() {
	if l.twinKey == 0 {
		return
	}
	forgetFiles(l.twin)
	l.twin.Retire()
	l.twin.Free()
	l.share.unref()
	slots.drop(l.twinKey)
	l.twin, l.twinKey = capi.Cell{}, 0
}

// copyCookies replaces what the clone has read from files by what the original knows now.
func copyCookies(to, from capi.Cell) {
	cookies, _ := from.InfoList(int32(info.CookieList.ID()))
	if len(cookies) == 0 {
		return
	}
	b := capi.NewBatch()
	defer b.Free()
	for _, line := range append([]string{"ALL"}, cookies...) {
		b.String(int32(opt.IDCookieList), line)
		to.Apply(b, true)
	}
}

// forgetFiles keeps a C handle that is of no more use from writing cookies, HSTS and Alt-Svc to their files when it is
// freed: that is its twin's to do. A libcurl without one of them refuses the option.
func forgetFiles(c capi.Cell) {
	const readOnly = 1 << 2 // CURLALTSVC_READONLYFILE
	b := capi.NewBatch()
	defer b.Free()
	b.Null(int32(opt.IDCookieJar), capi.ClassString)
	c.Apply(b, true)
	b.Long(int32(opt.IDHSTSControl), 0)
	c.Apply(b, true)
	b.Long(int32(opt.IDAltSvcControl), readOnly)
	c.Apply(b, true)
}
