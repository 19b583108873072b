package curl

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// EngineConfig sets the limits of an Engine. The zero value means the defaults.
type EngineConfig struct {
	// MaxConnections is how many connections there may be in all, 0: no limit. Transfers that find none free wait, and their time
	// limits (opt.Timeout, opt.ConnectTimeout, the context) go on; libcurl 8.13.0 to 8.15.0 looks at all of those each time
	// that one is free, which takes its time with thousands.
	MaxConnections int
	// MaxPerHost is the same for each host name and port, 0: no limit.
	MaxPerHost int
	// MaxConnecting is how many transfers of each shard may be on their way to the first byte of their request (name, connection,
	// TLS) at once, 0: no limit. It spares a server, or a resolver, a burst; the slowest server holds up all that wait behind it.
	MaxConnecting int
	// MaxIdle is how many connections are kept open for later transfers, 0: four for each transfer in flight.
	MaxIdle int
	// MaxStreams is how many requests may share an HTTP/2 or HTTP/3 connection, 0: 100. Since libcurl 7.67.0.
	MaxStreams int
	// IdleTimeout is how long the connections of an engine without transfers stay open, 0: 90 seconds, negative: until
	// Close. While there are transfers opt.MaxAgeConn decides.
	IdleTimeout time.Duration
	// Shards is how many libcurl multi handles, each of which one goroutine at a time drives, share the work: by scheme, host
	// and port, so that a connection is found again. 0: one for every two processors. Limits are divided among them.
	Shards int
}

const (
	defaultIdleTimeout = 90 * time.Second
	maxShards          = 64
)

// ErrEngineClosed: the engine is closed, or closing; detach the handle, or attach it to another one.
var ErrEngineClosed = errors.New("the engine is closed")

// Engine runs the transfers of many handles on shared connections. Handles that are attached to it use each other's
// connections (also as streams of one HTTP/2 connection) and name lookups, and wait without a thread of their own. Perform is the
// same with and without an engine.
//
// Callbacks for data, headers, progress and log lines run on the goroutine that called Perform, as ever, and hold up
// nobody else: libcurl's side buffers at most 256 KiB for each and then slows the transfer down. They may lag behind what Info
// says. Where log lines come and the transfer cannot be slowed down, because a callback has paused what is received and data is sent
// meanwhile, those beyond 16 MiB are left out, and a line says how many.
//
// Callbacks that have to answer while libcurl waits (TLS context, sockets, seek, prereq, SSH keys, trailers and the
// like) would hold up the others: a handle that has one uses a connection of its own, as without an engine, unless it
// was attached with OnSpot.
//
// What opt.Resolve says of a name counts for all handles of the engine, those of Fetch and Open as well, for as long as it
// lives; opt.ConnectTo is for one handle.
//
// Transfers by other protocols than HTTP and connect-only ones also run on their own, and so does everything on a libcurl
// whose name resolver cannot be interrupted (before 7.87.0, or without FeatureAsynchDNS). A redirect to a
// server of another protocol ends a transfer on the engine with ErrOtherProtocol, a peer that libcurl reads from without a pause
// one with ErrHoldsUp.
//
// All methods may be called from any goroutine; the zero Engine is a closed one. An engine that is dropped without Close, with all its handles, is freed in
// the background.
//
// https://curl.se/libcurl/c/libcurl-multi.html
type Engine struct {
	cfg    EngineConfig
	limits []limit
	caches *share // of names and TLS sessions, for members that are in no other

	fleet *fleet

	mu      sync.Mutex // inside a handle's mu; guards the fleet as well
	members map[*handle]struct{}
	flying  int           // transfers in flight
	timer   *time.Timer   // closes idle connections; nil: not made yet
	closing bool          // no transfer begins any more
	drained chan struct{} // closed when the last one is over, while closing
	closed  chan struct{} // closed when all is freed
}

// limit is an option of a multi handle.
type limit struct {
	id    multiopt.ID
	value int64
	since uint32
}

// NewEngine makes an engine. It loads libcurl when that has not happened yet. The error is that of Load, an
// *UnsupportedError, or about a number that makes no sense.
func NewEngine(cfg EngineConfig) (*Engine, error) {
	if err := loader.Ensure(); err != nil {
		return nil, err
	}
	endTracing()
	loadRules()
	g := &Engine{cfg: cfg, fleet: new(fleet), members: map[*handle]struct{}{}, closed: make(chan struct{})}
	if g.cfg.Shards == 0 {
		g.cfg.Shards = max(1, runtime.GOMAXPROCS(0)/2)
	}
	if g.cfg.IdleTimeout == 0 {
		g.cfg.IdleTimeout = defaultIdleTimeout
	}
	if err := g.setLimits(); err != nil {
		return nil, err
	}
	caches := []Kind{ShareDNS}
	if slices.Contains(capi.Running().Protocols, "https") { // else libcurl has no TLS sessions to share
		caches = append(caches, ShareTLSSessions)
	}
	s, err := newShare("NewEngine", false, caches)
	if err != nil {
		return nil, err
	}
	g.caches = s
	runtime.AddCleanup(g, (*share).dropped, s)
	runtime.AddCleanup(g, func(f *fleet) { go f.close() }, g.fleet) // closing connections can take its time
	return g, nil
}

func (g *Engine) setLimits() error {
	c := &g.cfg
	for _, l := range []struct {
		name string
		n    int
	}{
		{"MaxConnections", c.MaxConnections}, {"MaxPerHost", c.MaxPerHost}, {"MaxConnecting", c.MaxConnecting},
		{"MaxIdle", c.MaxIdle}, {"MaxStreams", c.MaxStreams}, {"Shards", c.Shards},
	} {
		if l.n < 0 || l.n > 1<<30 {
			return fmt.Errorf("curl: EngineConfig.%s is %d; it cannot be negative, nor above 2^30; 0 is the default", l.name, l.n)
		}
	}
	c.Shards = min(c.Shards, maxShards)
	if c.MaxConnections > 0 {
		c.Shards = min(c.Shards, c.MaxConnections)
	}
	share := func(n int) int64 { return int64((n + c.Shards - 1) / c.Shards) }
	for _, l := range []limit{
		{multiopt.IDMaxTotalConnections, int64(c.MaxConnections / c.Shards), 0},
		{multiopt.IDMaxHostConnections, int64(c.MaxPerHost), 0},
		{multiopt.IDMaxConnects, share(c.MaxIdle), 0},
		{multiopt.IDMaxConcurrentStreams, int64(c.MaxStreams), 0x074300},
	} {
		if l.value == 0 {
			continue
		}
		if l.since > capi.VersionNum() {
			m, _ := multiopt.Lookup(l.id)
			return unsupported(m.Name, l.since)
		}
		g.limits = append(g.limits, l)
	}
	return nil
}
