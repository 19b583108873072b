package curl_test

import (
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiOptions sets every option there is, to a value and back, and looks whether bad ones are refused: each release
// would take them in its own way.
func TestMultiOptions(t *testing.T) {
	m := newMulti(t)
	good := map[multiopt.ID]multiopt.Option{
		multiopt.IDChunkLengthPenaltySize:    multiopt.ChunkLengthPenaltySize(1 << 40),
		multiopt.IDContentLengthPenaltySize:  multiopt.ContentLengthPenaltySize(1 << 40),
		multiopt.IDMaxConnects:               multiopt.MaxConnects(10),
		multiopt.IDMaxConcurrentStreams:      multiopt.MaxConcurrentStreams(10),
		multiopt.IDMaxHostConnections:        multiopt.MaxHostConnections(10),
		multiopt.IDMaxPipelineLength:         multiopt.MaxPipelineLength(10),
		multiopt.IDMaxTotalConnections:       multiopt.MaxTotalConnections(10),
		multiopt.IDNetworkChanged:            multiopt.NetworkChanged(multiopt.ClearDNS),
		multiopt.IDNotifyFunction:            multiopt.NotifyFunction(func(multiopt.Notification, multiopt.Handle) {}),
		multiopt.IDPipelining:                multiopt.Pipelining(multiopt.PipeliningMultiplex),
		multiopt.IDPipeliningServerBlocklist: multiopt.PipeliningServerBlocklist([]string{"a", "b"}),
		multiopt.IDPipeliningSiteBlocklist:   multiopt.PipeliningSiteBlocklist([]string{"a:80"}),
		multiopt.IDPushFunction:              multiopt.PushFunction(func(multiopt.Push) multiopt.PushVerdict { return multiopt.PushDeny }),
		multiopt.IDQuickExit:                 multiopt.QuickExit(true),
		multiopt.IDResolveThreadsMax:         multiopt.ResolveThreadsMax(2),
		multiopt.IDSocketFunction:            multiopt.SocketFunction(func(multiopt.Socket) error { return nil }),
		multiopt.IDTimerFunction:             multiopt.TimerFunction(func(time.Duration) error { return nil }),
	}
	n := 0
	for meta := range multiopt.All() {
		n++
		if meta.Owner != "" {
			if err := m.Unset(meta.ID); err == nil {
				t.Errorf("%s: unset, though the runtime owns it", meta.Name)
			}
			continue
		}
		for name, call := range map[string]func() error{
			"Set":   func() error { return m.Set(good[meta.ID]) },
			"Unset": func() error { return m.Unset(meta.ID) },
		} {
			err := call()
			switch {
			case meta.Since > version(t).Num:
				checkUnsupported(t, err, int(meta.Since>>16), int(meta.Since>>8&255))
			case err != nil:
				t.Errorf("%s of %s: %v", name, meta.Name, err)
			}
		}
	}
	if n != 21 || len(good) != 17 {
		t.Errorf("%d options, values for %d", n, len(good))
	}
	tooMany := 1
	tooMany <<= 31 // where an int has 32 bits this is negative
	for _, o := range []multiopt.Option{
		multiopt.MaxConnects(-2), multiopt.MaxConcurrentStreams(0), multiopt.MaxConcurrentStreams(-1), multiopt.MaxHostConnections(-1),
		multiopt.MaxTotalConnections(tooMany), multiopt.Pipelining(8), multiopt.ChunkLengthPenaltySize(-1),
		multiopt.PipeliningSiteBlocklist([]string{"a\x00b"}), {},
	} {
		var refused *curl.MultiOptionError
		if err := m.Set(multiopt.MaxConnects(3), o); !errors.As(err, &refused) || refused.Index != 1 || refused.Applied {
			t.Errorf("%v: %v", o, err)
		}
	}
}

// TestMultiLimitsConnections: an option that works shows it.
func TestMultiLimitsConnections(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t, multiopt.MaxTotalConnections(2))
	for range 10 {
		addAll(t, m, stateEasy(t, opt.URL(s.URL("/"))))
	}
	step(t, m)
	if !olderThan(t, 0x081000) {
		pending, err := m.Count(multiopt.TransfersPending)
		running, err2 := m.Count(multiopt.TransfersRunning)
		if err != nil || err2 != nil || pending == 0 || pending+running > 10 {
			t.Errorf("%d pending, %d running, %v, %v", pending, running, err, err2)
		}
	} else if _, err := m.Count(multiopt.TransfersPending); !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("Count: %v", err)
	}
	messages := runAll(t, m)
	if len(messages) != 10 || s.Connections() > 2 {
		t.Errorf("%d messages, %d connections", len(messages), s.Connections())
	}
	for what, want := range map[multiopt.Counter]int64{
		multiopt.TransfersCurrent: 10, multiopt.TransfersDone: 10, multiopt.TransfersAdded: 10,
	} {
		if n, err := m.Count(what); n != want || err != nil {
			t.Errorf("%v: %d, %v", what, n, err)
		}
	}
	if _, err := m.Count(99); !errors.Is(err, codes.MultiUnknownOption) {
		t.Errorf("an unknown counter: %v", err)
	}
}
