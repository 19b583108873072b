package curl

import (
	"slices"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// websocket says that the loaded libcurl speaks WebSocket. Its functions say nothing about that: from 7.86.0 on they are also
// where it was left out of the build, as Debian did before 8.11.0.
var websocket atomic.Bool

func noteWebSocket() { websocket.Store(slices.Contains(capi.Running().Protocols, "ws")) }

// lacks says why one of libcurl's WebSocket functions cannot be called: the state of the handle, then the running libcurl.
func (e *Easy) lacks(op state.Op, f capi.Func) error {
	if websocket.Load() && capi.Has(f) {
		return nil // and the call finds out about the state
	}
	if _, err := e.connected(op, op.String(), 0); err != nil {
		return err
	}
	return unsupported(f.String(), f.Since())
}
