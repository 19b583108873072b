package curl

import (
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

func init() { capi.RegisterMIME(hookMIMERead) }

// hookMIMERead reads from a part of the form.
func hookMIMERead(key uintptr, number int, turn uint64, p unsafe.Pointer, n uintptr) uintptr {
	h := listener(key)
	if h == nil || number >= len(h.easy.fn.mime) {
		return capi.ReadAbort
	}
	s := h.easy.fn.mime[number]
	h.opened = h.opened || s.of.open != nil
	return giveData(h, func(p []byte) (int, error) { return s.read(p, turn) }, p, n)
}
