package curl_test

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// patience is how long a call of the stress test may take, or all of them together may go without one that returns,
// before it counts as hanging. Each has a context that ends within milliseconds, or meets a peer that answers.
const stressPatience = 60 * time.Second

// watchPlayers ends the process, with all stacks and what every player has done last, when something hangs. The function
// it returns ends the watch.
func watchPlayers(w *stress, players []*player) (stop func()) {
	quit := make(chan struct{})
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		calls, since := w.calls.Load(), time.Now()
		for {
			select {
			case <-quit:
				return
			case now := <-tick.C:
				if n := w.calls.Load(); n != calls {
					calls, since = n, now
				}
				if now.Sub(since) > stressPatience {
					hangs(w, players, "no call has returned for "+stressPatience.String())
				}
				for _, p := range players {
					if began := p.log.since.Load(); began != 0 && now.Sub(time.Unix(0, began)) > stressPatience {
						hangs(w, players, fmt.Sprintf("the call of goroutine %d has not returned for %v", p.log.number, stressPatience))
					}
				}
			}
		}
	}()
	return func() { close(quit) }
}

func hangs(w *stress, players []*player, why string) {
	for _, p := range players {
		fmt.Fprintf(os.Stderr, "goroutine %d:\n\t%s\n", p.log.number, strings.Join(p.log.recent(0), "\n\t"))
	}
	panicWithStacks(why + "; " + w.replay())
}
