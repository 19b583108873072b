package curl

import (
	"errors"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// fit has four connections kept open for each transfer in flight, as libcurl did of itself before 8.22.0. Since then it keeps
// all that were used within the last second (quirkIdle), and a crowd of hosts takes as many descriptors. It may be twice as many,
// so that few transfers make a difference. The leader calls it with Mu.
func (l *lane) fit() {
	if !l.fits {
		return
	}
	l.mu.Lock()
	most := 4 * len(l.flying)
	l.mu.Unlock()
	if most > l.kept || most > 0 && 2*most < l.kept {
		l.kept = most
		l.drv.C().Limit(int32(multiopt.IDMaxConnects), int64(most))
	}
}

// limitGrace is how long after the end of opt.Timeout a transfer is ended that libcurl has not ended by itself.
const limitGrace = 50 * time.Millisecond

// errNoConnection is the cause of the error of a transfer that waited for a connection until its time was over.
var errNoConnection = errors.New("no connection was free before the time limit was over; raise opt.Timeout or the limits of the engine")

// limit has the transfer end when opt.Timeout is over and libcurl takes no notice. Before 8.23.0 its event mode knows no time
// for a transfer that waits for a connection, because of a limit or opt.PipeWait; and those that wait for MaxConnecting it
// has never heard of. The caller holds the handle's mu, and stops the timer when the transfer is over.
func (f *flight) limit(run uint64) *time.Timer {
	limit := time.Duration(f.h.cell.Timeout()) * time.Millisecond
	if limit <= 0 {
		return nil
	}
	began := time.Now()
	return time.AfterFunc(limit+limitGrace, func() {
		f.l.drv.Post(func() {
			if !f.aloft {
				return
			}
			limit := time.Duration(f.h.cell.Timeout()) * time.Millisecond // a callback may have changed it
			if limit > 0 && time.Since(began) > limit {
				f.h.cancelRun(run, errNoConnection)
			}
		})
	})
}
