package curl

import (
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// watch calls f, whose error ends the transfer: 0 for libcurl is to go on.
func watch(h *handle, f func() error) (ret int) {
	ret = 1 // capi.ProgressEnd, among others
	in := inside{h: h}
	if !in.enter() {
		return ret
	}
	defer in.leave()
	if in.done(f()) {
		return 0
	}
	return ret
}

// progress is watch for the progress functions. Where another callback has failed before, it is that one which the transfer's
// code is about.
func progress(h *handle, f func() error) int {
	if h.failure != nil {
		return capi.ProgressEnded
	}
	return watch(h, f)
}

func hookXferInfo(key uintptr, dltotal, dlnow, ultotal, ulnow int64) int {
	h := listener(key)
	if h == nil || h.easy.fn.xferinfo == nil {
		return 0
	}
	f := h.easy.fn.xferinfo
	return progress(h, func() error {
		return f(opt.Progress{DownloadTotal: dltotal, Downloaded: dlnow, UploadTotal: ultotal, Uploaded: ulnow})
	})
}

func hookProgress(key uintptr, dltotal, dlnow, ultotal, ulnow float64) int {
	h := listener(key)
	if h == nil || h.easy.fn.progress == nil {
		return 0
	}
	f := h.easy.fn.progress
	return progress(h, func() error { return f(dltotal, dlnow, ultotal, ulnow) })
}

// hookDebug always answers 0: libcurl takes nothing else. After a failure of another callback it is not called.
func hookDebug(key uintptr, kind int, p unsafe.Pointer, n uintptr) int {
	h := listener(key)
	if h == nil {
		return 0
	}
	f := h.easy.fn.debug
	if f == nil {
		f = logVerbose
	}
	in := inside{h: h}
	if !in.enter() {
		return 0
	}
	defer in.leave()
	f(opt.DebugKind(kind), unsafe.Slice((*byte)(p), n))
	in.done(nil)
	return 0
}

func hookResolverStart(key uintptr, state, reserved unsafe.Pointer) int {
	h := listener(key)
	if h == nil {
		return 0
	}
	h.resolved() // what it had to resolve before
	if f := h.easy.fn.resolver; f != nil && watch(h, f) != 0 {
		return 1
	}
	if h.lookup != nil && !h.lookup.start() || !h.awaitLookupRoom() {
		return 1
	}
	return 0
}

func hookChunkEnd(key uintptr) int {
	h := listener(key)
	if h == nil || h.easy.fn.chunkEnd == nil {
		return 0
	}
	return watch(h, h.easy.fn.chunkEnd)
}
