package curl

import (
	"slices"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// functions are the user's callbacks of one handle.
type functions struct {
	write      opt.WriteFunc
	header     opt.HeaderFunc
	interleave opt.InterleaveFunc
	read       opt.ReadFunc
	seek       opt.SeekFunc
	ioctl      opt.IoctlFunc
	xferinfo   opt.XferInfoFunc
	progress   opt.ProgressFunc
	debug      opt.DebugFunc
	sslCtx     opt.SSLContextFunc
	sockopt    opt.SockOptFunc
	open       opt.OpenSocketFunc
	close      opt.CloseSocketFunc
	resolver   opt.ResolverStartFunc
	prereq     opt.PrereqFunc
	sshKey     opt.SSHKeyFunc
	sshHostKey opt.SSHHostKeyFunc
	chunkBegin opt.ChunkBeginFunc
	chunkEnd   opt.ChunkEndFunc
	fnmatch    opt.FNMatchFunc
	hstsRead   opt.HSTSReadFunc
	hstsWrite  opt.HSTSWriteFunc
	trailer    opt.TrailerFunc
	mime       []*source // what the parts of the form are read from
}

// cannotRewind says that there is a source of data to send that cannot go back to its start.
func (f *functions) cannotRewind() bool {
	return f.seek == nil && f.read != nil ||
		slices.ContainsFunc(f.mime, func(s *source) bool { return !s.of.rewindable() })
}

// set stores the function of a callback option; nil clears it.
func (f *functions) set(id opt.ID, v any) {
	switch id {
	case opt.IDWriteFunction:
		f.write, _ = v.(opt.WriteFunc)
	case opt.IDHeaderFunction:
		f.header, _ = v.(opt.HeaderFunc)
	case opt.IDInterleaveFunction:
		f.interleave, _ = v.(opt.InterleaveFunc)
	case opt.IDReadFunction:
		f.read, _ = v.(opt.ReadFunc)
	case opt.IDSeekFunction:
		f.seek, _ = v.(opt.SeekFunc)
	case opt.IDIoctlFunction:
		f.ioctl, _ = v.(opt.IoctlFunc)
	case opt.IDXferInfoFunction:
		f.xferinfo, _ = v.(opt.XferInfoFunc)
	case opt.IDProgressFunction:
		f.progress, _ = v.(opt.ProgressFunc)
	case opt.IDDebugFunction:
		f.debug, _ = v.(opt.DebugFunc)
	case opt.IDSSLContextFunction:
		f.sslCtx, _ = v.(opt.SSLContextFunc)
	case opt.IDSockOptFunction:
		f.sockopt, _ = v.(opt.SockOptFunc)
	case opt.IDOpenSocketFunction:
		f.open, _ = v.(opt.OpenSocketFunc)
	case opt.IDCloseSocketFunction:
		// Cleared, it is still called for the connections that were opened while it was set.
		if g, _ := v.(opt.CloseSocketFunc); g != nil {
			f.close = g
		}
	case opt.IDResolverStartFunction:
		f.resolver, _ = v.(opt.ResolverStartFunc)
	case opt.IDPrereqFunction:
		f.prereq, _ = v.(opt.PrereqFunc)
	case opt.IDSSHKeyFunction:
		f.sshKey, _ = v.(opt.SSHKeyFunc)
	case opt.IDSSHHostKeyFunction:
		f.sshHostKey, _ = v.(opt.SSHHostKeyFunc)
	case opt.IDChunkBeginFunction:
		f.chunkBegin, _ = v.(opt.ChunkBeginFunc)
	case opt.IDChunkEndFunction:
		f.chunkEnd, _ = v.(opt.ChunkEndFunc)
	case opt.IDFNMatchFunction:
		f.fnmatch, _ = v.(opt.FNMatchFunc)
	case opt.IDHSTSReadFunction:
		f.hstsRead, _ = v.(opt.HSTSReadFunc)
	case opt.IDHSTSWriteFunction:
		f.hstsWrite, _ = v.(opt.HSTSWriteFunc)
	case opt.IDTrailerFunction:
		f.trailer, _ = v.(opt.TrailerFunc)
	}
}
