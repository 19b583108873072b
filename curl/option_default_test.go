//go:build linux && (amd64 || arm64) && !asan

package curl

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// libcurl has no way to ask an option's value back. What it keeps is all in the one block of memory that an easy
// handle is, so two looks at the block tell whether an option is what it was. glibc writes a block's size in front.

// contents copies the C handle of e, as machine words.
func contents(e *Easy) []uintptr {
	cell := *(*unsafe.Pointer)(unsafe.Pointer(&e.h.cell))
	easy := *(*unsafe.Pointer)(cell) // the first field of struct gocurl_cell
	size := *(*uintptr)(unsafe.Add(easy, -8)) &^ 7
	words := slices.Clone(unsafe.Slice((*uintptr)(easy), size/8-1))
	for i, w := range words {
		switch {
		case w == uintptr(cell):
			words[i] = 0 // the data pointer of a callback: means nothing without the callback
		case w > 1<<20 && w < 1<<47 && w%16 == 0:
			words[i] = 1 // in the heap: a copy of a default string may move
		}
	}
	return words
}

// changed lists the places where two looks differ.
func changed(before, after []uintptr) (at []int) {
	for i := range before {
		if before[i] != after[i] {
			at = append(at, i*8)
		}
	}
	return at
}

// sameMeaning lists the options whose memory may differ after they are unset, and why that is no difference.
var sameMeaning = map[opt.ID]string{
	opt.IDAbstractUnixSocket: "the name is of the abstract kind, but there is no name",
	opt.IDAcceptTimeout:      "0 is kept until it is set, and means a minute",
	opt.IDLocalPortRange:     "0 is kept until it is set, and means one port",
	opt.IDMaxRecvSpeed:       "a limiter without a limit has been made",
	opt.IDMaxSendSpeed:       "a limiter without a limit has been made",
	opt.IDStreamWeight:       "0 is kept until it is set, and means 16",
	opt.IDTFTPBlockSize:      "0 is kept until it is set, and means 512",
	opt.IDUploadMessageFlags: "8.13 and 8.14 keep 0 until it is set, and then know no flag either",

	opt.IDCAInfo:          lateCAs,
	opt.IDCAPath:          lateCAs,
	opt.IDCAInfoBlob:      lateCAs,
	opt.IDProxyCAInfo:     lateCAs,
	opt.IDProxyCAPath:     lateCAs,
	opt.IDProxyCAInfoBlob: lateCAs,

	opt.IDVerbose:          "our debug callback stays",
	opt.IDDebugFunction:    "our debug callback stays",
	opt.IDNoProgress:       "our silent progress meter stays",
	opt.IDProgressFunction: "our silent progress meter stays",
	opt.IDXferInfoFunction: "our silent progress meter stays",
}

// lateCAs: TestUnsetCAsAreTheBuiltInOnes looks at what they mean.
const lateCAs = "from 8.21 on the built-in place is looked up for each connection, and 8.23 notes that it was asked for"

func TestUnsetPutsBackWhatWasThere(t *testing.T) {
	t.Chdir(t.TempDir()) // some write a file
	settable(t, func(m opt.Meta) {
		if m.Unset.Kind == opt.UnsetNever {
			return
		}
		for _, o := range samples(t, m) {
			e := fresh(t)
			before := contents(e)
			if e.Set(o) != nil {
				continue
			}
			if err := e.Unset(m.ID); err != nil {
				t.Errorf("%v, unset: %v", o, err)
			}
			at := changed(before, contents(e))
			if m.Calls || sameMeaning[m.ID] != "" { // cookies, HSTS and Alt-Svc: what has been read stays
				continue
			}
			if at != nil {
				t.Errorf("%v, then unset, leaves the handle changed at %d", o, at)
			}
		}
	})
}

// An option that has never been set can be unset as well. (7.88.1 reads through the NULL of PROXY_TLSAUTH_TYPE.)
func TestUnsetAtRest(t *testing.T) {
	settable(t, func(m opt.Meta) {
		if m.Unset.Kind == opt.UnsetNever {
			return
		}
		e := fresh(t)
		before := contents(e)
		if err := e.Unset(m.ID); err != nil && !notBuiltIn(err) {
			t.Errorf("%v: %v", m.Name, err)
		}
		if at := changed(before, contents(e)); at != nil && !m.Calls && sameMeaning[m.ID] == "" {
			t.Errorf("unset of %s changes the handle at %d", m.Name, at)
		}
	})
}

// TestUnsetCAsAreTheBuiltInOnes: after an unset libcurl verifies against what it was built with, not against nothing and
// not against what was set.
func TestUnsetCAsAreTheBuiltInOnes(t *testing.T) {
	v, err := Version()
	if err != nil {
		t.Fatal(err)
	}
	ids := []opt.ID{opt.IDCAInfo, opt.IDCAPath}
	before := fresh(t)
	after := fresh(t)
	for i, path := range []string{v.CAInfo, v.CAPath} {
		if path == "" {
			continue // not built in, or not told before 7.70.0
		}
		if err := after.Set(opt.RawString(ids[i], "/nowhere")); err != nil {
			t.Fatal(err)
		}
		if err := after.Unset(ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	blob := fresh(t)
	if err := blob.Set(opt.CAInfoBlob([]byte("no certificate"))); err == nil {
		if err := blob.Unset(opt.IDCAInfoBlob); err != nil {
			t.Fatal(err)
		}
	}
	server := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	said := func(e *Easy) (places []string) {
		if err := e.Set(opt.URL(server.URL("/")), opt.Verbose(true), opt.DebugFunction(func(kind opt.DebugKind, p []byte) {
			for _, place := range []string{v.CAInfo, v.CAPath, "/nowhere"} {
				if kind == opt.DebugText && place != "" && strings.Contains(string(p), place) {
					places = append(places, place)
				}
			}
		})); err != nil {
			t.Fatal(err)
		}
		if err := e.Perform(t.Context()); !errors.Is(err, codes.PeerFailedVerification) && !errors.Is(err, codes.SSLCACertBadFile) {
			t.Errorf("a server of nobody's authority: %v", err)
		}
		return places
	}
	want := said(before)
	for name, e := range map[string]*Easy{"path": after, "blob": blob} {
		if got := said(e); !slices.Equal(want, got) {
			t.Errorf("%s: libcurl looks for certificates in %q, before the option was set in %q", name, got, want)
		}
	}
}

// A spare C handle must not carry anything over to its next user, and a list that libcurl still points to after
// curl_easy_reset would be walked after it was freed.
func TestResetPutsBackWhatWasThere(t *testing.T) {
	t.Chdir(t.TempDir())
	type leftover struct {
		of opt.Option
		at []int
	}
	var left []leftover
	times := map[int]int{}
	settable(t, func(m opt.Meta) {
		for _, o := range samples(t, m) {
			at := afterReset(t, o)
			left = append(left, leftover{o, at})
			for _, i := range at {
				times[i]++
			}
		}
	})
	for _, l := range left {
		// 8.21.0 resets a time with whatever the stack has beside it, and so changes it with any option: with many, or with
		// few, which it is not again then.
		at := slices.DeleteFunc(l.at, func(i int) bool { return times[i] > len(left)/100 })
		if len(at) > 0 {
			again := afterReset(t, l.of)
			at = slices.DeleteFunc(at, func(i int) bool { return !slices.Contains(again, i) })
		}
		if len(at) > 0 {
			t.Errorf("%v, then reset, leaves the handle changed at %d", l.of, at)
		}
	}
}

// afterReset lists what an option leaves in a handle after a reset. A handle that is never reused may keep something.
func afterReset(t *testing.T, o opt.Option) []int {
	e := fresh(t)
	e.Reset()
	before := contents(e)
	if e.Set(o) != nil {
		return nil
	}
	if err := e.Reset(); err != nil {
		t.Errorf("%v, reset: %v", o, err)
	}
	if e.h.tainted {
		return nil
	}
	return changed(before, contents(e))
}

// The option in milliseconds came in 8.6.0; before, it is the one in whole seconds, rounded up.
func TestServerResponseTimeoutFallsBackToSeconds(t *testing.T) {
	e := fresh(t)
	kept := func(o opt.Option) []uintptr {
		t.Helper()
		if err := e.Set(o); err != nil {
			t.Fatal(err)
		}
		return contents(e)
	}
	old := ruleOf(opt.IDServerResponseTimeout).fallback != 0
	if old != (capi.VersionNum() < 0x080600) {
		t.Error("a fallback for the wrong versions")
	}
	two := kept(opt.ServerResponseTimeoutSeconds(2 * time.Second))
	for _, d := range []time.Duration{1001 * time.Millisecond, 1999 * time.Millisecond} {
		if same := changed(two, kept(opt.ServerResponseTimeout(d))) == nil; same != old {
			t.Errorf("%v: as two seconds: %v", d, same)
		}
	}
	if changed(two, kept(opt.RawLong(opt.IDServerResponseTimeout, 2000))) != nil {
		t.Error("2000 ms are not two seconds")
	}
}
