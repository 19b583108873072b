package curl_test

import (
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A list takes time in proportion to its length. Appended from its first entry, this one would take a minute.
func TestLongLists(t *testing.T) {
	long := opt.MailRecipients(slices.Repeat([]string{"someone@example.com"}, 200_000))
	h := newHandle(t)
	promptly(t, "Set", func() { set(t, h, long) })
	var clone *curl.Easy
	var err error
	promptly(t, "Clone", func() { clone, err = h.Clone() })
	if err != nil {
		t.Fatal(err)
	}
	clone.Close()
}
