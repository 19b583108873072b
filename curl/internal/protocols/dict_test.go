//go:build unix

package protocols

import (
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestDict(t *testing.T) {
	t.Parallel()
	bin, dir := need(t, "dictd"), openDir(t)
	needRoot(t)
	write(t, dir, "words.dict", "curl", "  to twist", "gopher", "  a rodent")
	write(t, dir, "words.index", "curl\tA\tQ", "gopher\tQ\tS") // where each article is, and its length, in digits of base 64
	conf := write(t, dir, "dictd.conf", "access { allow * }", "database words { data "+dir+"/words.dict", "index "+dir+"/words.index }")
	at, _ := inetd(t, nil, bin[0], "--inetd", "--config", conf)
	try(t, "dict", "dictd", "definition", func(t *testing.T) {
		if said := fetched(t, handle(t, opt.URL("dict://"+at+"/d:gopher"))); !strings.Contains(said, "a rodent") || strings.Contains(said, "twist") {
			t.Errorf("the answer is %q", said)
		}
	})
	try(t, "dict", "dictd", "match", func(t *testing.T) {
		if said := fetched(t, handle(t, opt.URL("dict://"+at+"/m:cu::prefix"))); !strings.Contains(said, `words "curl"`) {
			t.Errorf("the answer is %q", said)
		}
	})
}
