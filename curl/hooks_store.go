package curl

import (
	"errors"
	"io/fs"
	"strings"
	"time"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func hookChunkBegin(key uintptr, file unsafe.Pointer, remains int) (ret int) {
	ret = capi.ChunkFail
	h := listener(key)
	if h == nil || h.easy.fn.chunkBegin == nil {
		return capi.ChunkOK
	}
	f := h.easy.fn.chunkBegin
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	i := fileInfo(capi.DecodeFileInfo(file))
	skip, err := f(&i, remains)
	switch {
	case !in.done(err):
		return ret
	case skip:
		return capi.ChunkSkip
	}
	return capi.ChunkOK
}

func fileInfo(f capi.FileInfo) opt.FileInfo {
	i := opt.FileInfo{
		Name: f.Name, Type: opt.FileType(f.Type), UID: -1, GID: -1, Size: -1, HardLinks: -1,
		TimeText: f.TimeText, PermText: f.PermText, UserText: f.UserText, GroupText: f.GroupText, Target: f.Target,
	}
	if f.Flags&capi.KnownPerm != 0 {
		i.Mode = fs.FileMode(f.Perm) & fs.ModePerm
	}
	if f.Flags&capi.KnownUID != 0 {
		i.UID = f.UID
	}
	if f.Flags&capi.KnownGID != 0 {
		i.GID = f.GID
	}
	if f.Flags&capi.KnownSize != 0 {
		i.Size = f.Size
	}
	if f.Flags&capi.KnownLinks != 0 {
		i.HardLinks = f.HardLinks
	}
	return i
}

func hookFNMatch(key uintptr, pattern, name unsafe.Pointer) (ret int) {
	ret = capi.MatchFail
	h := listener(key)
	if h == nil || h.easy.fn.fnmatch == nil {
		return ret
	}
	f := h.easy.fn.fnmatch
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	ok, err := f(capi.Text(pattern), capi.Text(name))
	switch {
	case !in.done(err):
		return ret
	case ok:
		return capi.MatchYes
	}
	return capi.MatchNo
}

// hstsTime is how libcurl writes when an entry expires, in UTC.
const hstsTime = "20060102 15:04:05"

var errHSTSName = errors.New("the host name of an HSTS entry is empty, holds a NUL, or is longer than libcurl takes")

func hookHSTSRead(key uintptr, entry unsafe.Pointer) (ret int) {
	ret = capi.HSTSFail
	h := listener(key)
	if h == nil || h.easy.fn.hstsRead == nil {
		return capi.HSTSDone
	}
	f, given := h.easy.fn.hstsRead, h.givenHSTS()
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	e, ok, err := f()
	for err == nil && ok && given.has(e) && h.stop.Load() == nil {
		e, ok, err = f()
	}
	if err == nil && ok {
		c := capi.HSTSEntry{Name: e.Host, Subdomains: e.IncludeSubdomains}
		if !e.Expire.IsZero() {
			c.Expire = e.Expire.UTC().Format(hstsTime)
		}
		if e.Host == "" || strings.ContainsRune(e.Host, 0) || !capi.EncodeHSTS(entry, c) {
			err = errHSTSName
		} else {
			given.add(e)
		}
	}
	switch {
	case !in.done(err):
		return ret
	case ok:
		return capi.HSTSOK
	}
	return capi.HSTSDone
}

func hookHSTSWrite(key uintptr, entry, index unsafe.Pointer) (ret int) {
	ret = capi.HSTSFail
	h := listener(key)
	if h == nil || h.easy.fn.hstsWrite == nil {
		return capi.HSTSDone
	}
	f := h.easy.fn.hstsWrite
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	c, i, total := capi.DecodeHSTS(entry, index)
	e := opt.HSTSEntry{Host: c.Name, IncludeSubdomains: c.Subdomains}
	if t, err := time.Parse(hstsTime, c.Expire); err == nil {
		e.Expire = t
	}
	if in.done(f(e, i, total)) {
		return capi.HSTSOK
	}
	return ret
}
