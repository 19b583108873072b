package curl_test

import (
	"io"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl"
)

// stressForm is one that many handles have at the same time.
var stressForm = func() *curl.MIME {
	m, err := curl.NewMIME(curl.Part{Name: "a", Text: "text"}, curl.Part{Name: "b", Reader: strings.NewReader("all read it")},
		curl.Part{Name: "c", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("opened")), nil }})
	if err != nil {
		panic(err)
	}
	return m
}()

// someForm is none, the one that others have too, or one with a reader that makes calls.
func someForm(p *player, h *stressHandle) *curl.MIME {
	switch p.rnd.IntN(4) {
	case 0, 1:
		return nil
	case 2:
		return stressForm
	}
	m, err := curl.NewMIME(curl.Part{Name: "a", Text: strings.Repeat("large", 50_000)}, curl.Part{Name: "b", Reader: readerFunc(h.read)})
	if err != nil {
		panic(err)
	}
	return m
}
