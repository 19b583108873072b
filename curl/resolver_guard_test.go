package curl

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A transfer that may have to be left behind has a twin made. The next one on the same driver must not have another made,
// which nobody would free.
func TestTheNextTransferMakesNoTwin(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	e := lifecycleEasy(t, opt.URL("ftp://127.0.0.1:1"), opt.UseSSL(opt.UseSSLAll), opt.NoProxy("*"))
	if !e.h.staysInside() {
		t.Fatal("this transfer would not be left behind")
	}
	if err := e.Perform(t.Context()); err == nil {
		t.Fatal("there is a server on port 1")
	}
	before, _ := freeSlots()
	if err := e.Set(opt.URL(s.URL("/"))); err != nil {
		t.Fatal(err)
	}
	fetches(t, e, "hello\n")
	if after, _ := freeSlots(); after != before && !resolverBlocks() {
		t.Errorf("%d slots are free, there were %d", after, before)
	}
	if e.h.own.Guard != nil && !resolverBlocks() {
		t.Error("the driver has the guard of a transfer that is over")
	}
}
