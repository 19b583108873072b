package multiopt_test

import (
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

func TestOptions(t *testing.T) {
	notify := multiopt.NotifyFunction(func(multiopt.Notification, multiopt.Handle) {})
	for _, test := range []struct {
		option multiopt.Option
		class  multiopt.Class
		want   string
	}{
		{multiopt.MaxConnects(10), multiopt.ClassLong, "CURLMOPT_MAXCONNECTS=10"},
		{multiopt.QuickExit(true), multiopt.ClassLong, "CURLMOPT_QUICK_EXIT=1"},
		{multiopt.ChunkLengthPenaltySize(1 << 40), multiopt.ClassOff, "CURLMOPT_CHUNK_LENGTH_PENALTY_SIZE=1099511627776"},
		{multiopt.Pipelining(multiopt.PipeliningMultiplex), multiopt.ClassLong, "CURLMOPT_PIPELINING=2"},
		{multiopt.PipeliningSiteBlocklist([]string{"a"}), multiopt.ClassList, "CURLMOPT_PIPELINING_SITE_BL=(1 strings)"},
		{notify, multiopt.ClassFunction, "CURLMOPT_NOTIFYFUNCTION=func"},
		{multiopt.NotifyFunction(nil), multiopt.ClassFunction, "CURLMOPT_NOTIFYFUNCTION=nil"},
		{multiopt.Option{}, 0, "CURLMOPT_0=(invalid)"},
	} {
		if got := test.option.String(); got != test.want || test.option.Spec().Class != test.class {
			t.Errorf("got %s of class %v, want %s of class %v", got, test.option.Spec().Class, test.want, test.class)
		}
	}
	if _, ok := notify.Spec().Any.(multiopt.NotifyFunc); !ok {
		t.Errorf("the callback became a %T", notify.Spec().Any)
	}
	if v := multiopt.PipeliningSiteBlocklist(nil).Spec().Any; v != nil {
		t.Errorf("an empty list carries %v", v)
	}
}

func TestEveryRowIsFound(t *testing.T) {
	var names []string
	for meta := range multiopt.All() {
		names = append(names, meta.Name)
		if found, ok := multiopt.Lookup(meta.ID); !ok || found.Name != meta.Name {
			t.Errorf("Lookup(%d) gives %s", meta.ID, found.Name)
		}
		if found, ok := multiopt.ByName(meta.Name[len("CURLMOPT_"):]); !ok || found.ID != meta.ID {
			t.Errorf("ByName(%s) gives %v", meta.Name, found.ID)
		}
		if (meta.Go == "") == (meta.Owner == "") || meta.Class == 0 || meta.Since == 0 {
			t.Errorf("%+v lacks a column", meta)
		}
	}
	if !slices.IsSorted(names) {
		t.Error("All is not sorted by name")
	}
	if _, ok := multiopt.ByName("NONSENSE"); ok {
		t.Error("a name that does not exist was found")
	}
	if s := multiopt.ID(99).String(); s != "CURLMOPT_99" {
		t.Errorf("an unknown number reads %s", s)
	}
}

func TestPushHeader(t *testing.T) {
	p := multiopt.Push{Headers: []string{":path:/a", "Accept: text/*", "accept: second"}}
	for name, want := range map[string]string{":path": "/a", "ACCEPT": "text/*", "pat": "", "": "", ":": ""} {
		if got := p.Header(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
