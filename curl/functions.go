package curl

import (
	"slices"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// functions are the user's callbacks of one handle. Few handles have others than the first, which keeps the rest small:
// what a new handle takes of memory is a good part of what it takes of time.
type functions struct {
	write    opt.WriteFunc
	header   opt.HeaderFunc
	read     opt.ReadFunc
	xferinfo opt.XferInfoFunc
	*rareFunctions
}

type rareFunctions struct {
	interleave opt.InterleaveFunc
	seek       opt.SeekFunc
	ioctl      opt.IoctlFunc
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
	input      *input    // what the read function reads from, nil: that is the user's own
}

// noRare is what functions without a rare one have, and never written.
var noRare rareFunctions

// noFunctions are none. The zero functions must not be used.
func noFunctions() functions { return functions{rareFunctions: &noRare} }

// rare is for writing.
func (f *functions) rare() *rareFunctions {
	if f.rareFunctions == &noRare {
		f.rareFunctions = new(rareFunctions)
	}
	return f.rareFunctions
}

// copy is for another handle.
func (f *functions) copy() functions {
	to := *f
	if f.rareFunctions != &noRare {
		rare := *f.rareFunctions
		rare.mime, rare.input = copySources(rare.mime), rare.input.copy()
		to.rareFunctions = &rare
	}
	return to
}

// forConnections are what open connections call, after a reset of the handle as well.
func (f *functions) forConnections() functions {
	to := noFunctions()
	if f.close != nil {
		to.rare().close = f.close
	}
	return to
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
		f.rare().interleave, _ = v.(opt.InterleaveFunc)
	case opt.IDReadFunction:
		f.read, _ = v.(opt.ReadFunc)
		if f.input != nil {
			f.input = nil
		}
	case opt.IDSeekFunction:
		f.rare().seek, _ = v.(opt.SeekFunc)
		if f.input != nil {
			f.input.seeks = false
		}
	case opt.IDIoctlFunction:
		f.rare().ioctl, _ = v.(opt.IoctlFunc)
	case opt.IDXferInfoFunction:
		f.xferinfo, _ = v.(opt.XferInfoFunc)
	case opt.IDProgressFunction:
		f.rare().progress, _ = v.(opt.ProgressFunc)
	case opt.IDDebugFunction:
		f.rare().debug, _ = v.(opt.DebugFunc)
	case opt.IDSSLContextFunction:
		f.rare().sslCtx, _ = v.(opt.SSLContextFunc)
	case opt.IDSockOptFunction:
		f.rare().sockopt, _ = v.(opt.SockOptFunc)
	case opt.IDOpenSocketFunction:
		f.rare().open, _ = v.(opt.OpenSocketFunc)
	case opt.IDCloseSocketFunction:
		// Cleared, it is still called for the connections that were opened while it was set.
		if g, _ := v.(opt.CloseSocketFunc); g != nil {
			f.rare().close = g
		}
	case opt.IDResolverStartFunction:
		f.rare().resolver, _ = v.(opt.ResolverStartFunc)
	case opt.IDPrereqFunction:
		f.rare().prereq, _ = v.(opt.PrereqFunc)
	case opt.IDSSHKeyFunction:
		f.rare().sshKey, _ = v.(opt.SSHKeyFunc)
	case opt.IDSSHHostKeyFunction:
		f.rare().sshHostKey, _ = v.(opt.SSHHostKeyFunc)
	case opt.IDChunkBeginFunction:
		f.rare().chunkBegin, _ = v.(opt.ChunkBeginFunc)
	case opt.IDChunkEndFunction:
		f.rare().chunkEnd, _ = v.(opt.ChunkEndFunc)
	case opt.IDFNMatchFunction:
		f.rare().fnmatch, _ = v.(opt.FNMatchFunc)
	case opt.IDHSTSReadFunction:
		f.rare().hstsRead, _ = v.(opt.HSTSReadFunc)
	case opt.IDHSTSWriteFunction:
		f.rare().hstsWrite, _ = v.(opt.HSTSWriteFunc)
	case opt.IDTrailerFunction:
		f.rare().trailer, _ = v.(opt.TrailerFunc)
	}
}
