package curl

import (
	"slices"

	"github.com/seed-0edfda58/gocurl/generated/info"
)

// How many transfers of a lane may be connecting at once. libcurl has no such limit: it would start ten thousand
// connections in one go.

// connected finds those that have begun to send, and starts as many others. The leader calls it with Mu.
func (l *lane) connected() {
	l.connecting = slices.DeleteFunc(l.connecting, func(f *flight) bool {
		at, code := f.h.cell.InfoOff(int32(info.PreTransferTime.ID()))
		return code == 0 && at > 0
	})
	l.proceed()
}

// proceed starts those that wait, as far as there is room.
func (l *lane) proceed() {
	for len(l.queue) > 0 && len(l.connecting) < l.maxConnecting {
		f := l.queue[0]
		l.queue = l.queue[1:]
		l.connecting = append(l.connecting, f)
		f.start()
	}
}

// forget comes when a transfer is over. The leader calls it with Mu, before the transfer's goroutine hears of that.
func (l *lane) forget(f *flight) {
	if l.maxConnecting == 0 {
		return
	}
	is := func(other *flight) bool { return other == f }
	l.connecting = slices.DeleteFunc(l.connecting, is)
	l.queue = slices.DeleteFunc(l.queue, is)
}
