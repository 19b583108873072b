package curl_test

import (
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// callbackOptions are those whose functions know the handle that they were made for.
var callbackOptions = []opt.ID{opt.IDWriteFunction, opt.IDReadFunction, opt.IDHeaderFunction, opt.IDDebugFunction,
	opt.IDXferInfoFunction, opt.IDCloseSocketFunction}

// someOptions is a few random options, a URL among them, and what a transfer that ends well leaves the handle in.
func someOptions(p *player, h *stressHandle) (options []opt.Option, success stateSet) {
	path := p.w.peers.paths[p.rnd.IntN(len(p.w.peers.paths))]
	options = append(path.options(),
		opt.WriteFunction(h.write), opt.ReadFunction(h.read),
		opt.HTTPHeader([]string{"X-Stress: " + path.name, "Expect:"}))
	success = isIdle
	switch p.rnd.IntN(7) {
	case 0:
		options = append(options, opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) { h.enter(wheneverCalled, 20) }))
	case 1:
		options = append(options, opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error { return h.enter(whileRunning, 8) }))
	case 2:
		options = append(options, opt.CloseSocketFunction(func(fd uintptr) error {
			h.enter(anyTime, 4)
			return closeFD(fd)
		}))
	case 3:
		// Recv on a connection of HTTP/2 loses the header lines that come, with 7.88.1 at least: nobody frees them.
		options, success = append(options, opt.ConnectOnly(opt.ConnectOnlyTransport), opt.SSLEnableALPN(false)), isConnected
	case 4:
		options = append(options, opt.FreshConnect(true), opt.HeaderFunction(func([]byte) error { return h.enter(whileRunning, 8) }))
	case 5:
		options = append(options, opt.PipeWait(true))
	}
	return options, success
}
