package curl

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// A Cancel can be overtaken by the end of the membership that it was about. It ended the next transfer in a Multi then.
func TestACancelIsNotAboutTheNextTransfer(t *testing.T) {
	url := testserver.NewHTTP(t, testserver.HTTPConfig{}).URL("/")
	m, e := memberAt(t, url)
	in := m.inner()
	in.d.Mu.Lock() // of a Close that has carried out what was asked for until then
	e.h.mu.Lock()
	e.h.cancel(ErrCancelled)
	e.h.mu.Unlock()
	in.free()
	in.d.Mu.Unlock()
	if msg, ok := m.InfoRead(); !ok || msg.Err == nil {
		t.Errorf("the member of a Multi that ends has the message %v, %v", msg.Err, ok)
	}
	again, err := NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Add(e); err != nil {
		t.Fatal(err)
	}
	performAll(t, again)
	if msg, ok := again.InfoRead(); !ok || msg.Err != nil {
		t.Errorf("the next transfer ended with %v, told: %v", msg.Err, ok)
	}
}
